package io.autodump.aws.s3.request;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Follows the pages of a list, and refuses a store that would make that endless. Used once, by one thread. */
final class ListPages implements Consumer<ListObjectsV2Response> {
    private final String bucket;
    private Optional<String> next = Optional.empty();

    private ListPages(String bucket) {
        this.bucket = bucket;
    }

    /**
     * Returns the pages as they are consumed.
     *
     * @param bucket the name of the bucket, for a message
     */
    static Stream<ListObjectsV2Response> of(String bucket, Iterable<ListObjectsV2Response> pages) {
        return StreamSupport.stream(pages.spliterator(), false).peek(new ListPages(bucket));
    }

    @Override
    public void accept(ListObjectsV2Response page) {
        requireList(page);
        requireNoEarlier(page);
    }

    /** Something else that answers well, such as a web page, would look like an empty bucket. */
    private void requireList(ListObjectsV2Response page) {
        if (page.name() == null && page.isTruncated() == null && !page.hasContents()) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the list of bucket " + bucket + " isn't one of S3: something else answered; nothing was changed",
                    "check HTTPS_PROXY and NO_PROXY, the endpoint that is set, and the network between here and the store");
        }
    }

    /** A page that names itself as the next one comes again and again. */
    private void requireNoEarlier(ListObjectsV2Response page) {
        Optional<String> following = Optional.ofNullable(page.nextContinuationToken());
        if (Boolean.TRUE.equals(page.isTruncated()) && following.isPresent() && following.equals(next)) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "the list of bucket " + bucket
                            + " doesn't end: the store names the same next page again; nothing was changed",
                    "check that a store with S3's protocol answers at the endpoint, and look into its log");
        }
        next = following;
    }
}
