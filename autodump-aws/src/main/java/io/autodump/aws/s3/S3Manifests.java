package io.autodump.aws.s3;

import io.autodump.aws.s3.request.FilesBeforeManifests;
import io.autodump.aws.s3.request.NewestKeys;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Failure;
import io.autodump.aws.s3.request.TranslatingIterator;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpIndex;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The index of the dumps in one S3 bucket. It lists keys and reads manifests, and needs no access to the dumps
 * themselves. The list shows whether a manifest has its file. S3 lists in the order of the keys; directory buckets
 * don't, so they aren't supported.
 *
 * <p>Permissions: {@code s3:ListBucket} on the bucket, and {@code s3:GetObject} on {@code *.manifest.json} in it.
 * Thread-safe.
 */
public final class S3Manifests implements DumpIndex {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(15);
    private static final String CONSEQUENCE = "nothing was changed";

    private final S3Bucket bucket;

    /**
     * Returns the index of a bucket.
     *
     * @param client the caller closes it
     * @param expectedOwner the account that must own the bucket: S3 refuses every call if another account owns it
     */
    public S3Manifests(S3Client client, String bucket, Optional<String> expectedOwner) {
        this.bucket = new S3Bucket(client, bucket, expectedOwner, ATTEMPT_TIMEOUT);
    }

    /** Returns {@code s3://bucket/}, for people. */
    @Override
    public String toString() {
        return bucket.uri("");
    }

    /**
     * {@inheritDoc}
     *
     * <p>Makes one call per 1,000 objects, which is 500 dumps.
     */
    @Override
    public Stream<DumpKey> list() {
        return wholeDumps("");
    }

    /**
     * {@inheritDoc}
     *
     * <p>Lists at most the first 500 dumps and the newest months of each database, with 1,000 objects per call.
     */
    @Override
    public Stream<DumpKey> newestDumps(int perDatabase) {
        S3Failure failure = bucket.failure(S3Call.LIST, "the newest objects");
        FilesBeforeManifests seen = new FilesBeforeManifests();
        return TranslatingIterator.stream(() -> new NewestKeys(bucket, "", perDatabase).list().stream(), failure)
                .flatMap(key -> seen.dumpEndedBy(key).stream())
                .distinct();
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        try (Stream<DumpKey> found = wholeDumps(key.partsFolder())) {
            return found.filter(key::equals)
                    .findFirst()
                    .flatMap(dump -> ManifestObject.read(bucket, StoredNames.of("", key), CONSEQUENCE));
        }
    }

    /**
     * As {@link #find}, with one call instead of two: for a key that was listed just now.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code INVALID_DOCUMENT}, {@code STORE_FAILED}
     */
    public Optional<DumpManifest> read(DumpKey listed) {
        return ManifestObject.read(bucket, StoredNames.of("", listed), CONSEQUENCE);
    }

    private Stream<DumpKey> wholeDumps(String prefix) {
        S3Failure failure = bucket.failure(S3Call.LIST, prefix.isEmpty() ? "all objects" : prefix);
        FilesBeforeManifests seen = new FilesBeforeManifests();
        return TranslatingIterator.stream(() -> bucket.keys(prefix), failure)
                .flatMap(key -> seen.dumpEndedBy(key).stream());
    }
}
