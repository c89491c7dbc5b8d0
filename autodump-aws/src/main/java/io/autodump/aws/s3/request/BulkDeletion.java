package io.autodump.aws.s3.request;

import io.autodump.core.error.AutoDumpException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Deletes many objects: 1,000 with each request, or one by one in a store without S3's checksums, which the request
 * needs, and in a store that doesn't know the request. Thread-safe.
 */
public final class BulkDeletion {
    private static final int MOST = 1000;
    private static final int NAMED = 3;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_ERROR = 500;

    private final S3Bucket bucket;
    private volatile boolean known;

    public BulkDeletion(S3Bucket bucket) {
        this.bucket = bucket;
        this.known = bucket.checksums();
    }

    /**
     * Deletes the objects. Succeeds for those that aren't there.
     *
     * @param keys full keys
     * @param consequence what is still there if it fails
     * @throws AutoDumpException {@code STORE_FAILED}; {@code INTERRUPTED}
     */
    public void delete(List<String> keys, String consequence) {
        for (int from = 0; from < keys.size(); from += MOST) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + MOST));
            if (!known || some.size() == 1 || !deletedTogether(some, consequence)) {
                some.forEach(key -> deleteOne(key, consequence));
            }
        }
    }

    private void deleteOne(String key, String consequence) {
        try {
            bucket.delete(key);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.DELETE, key).because(failed, consequence);
        }
    }

    /** Returns false if the store doesn't know the request. */
    private boolean deletedTogether(List<String> keys, String consequence) {
        List<S3Error> errors;
        try {
            errors = request(keys);
        } catch (SdkException failed) {
            AutoDumpException failure =
                    bucket.failure(S3Call.DELETE_MANY, named(keys.stream())).because(failed, consequence);
            if (S3Failure.mayBeUnsupported(failure)) {
                known = false;
                return false;
            }
            throw failure;
        }
        if (!errors.isEmpty()) {
            throw bucket.failure(S3Call.DELETE_MANY, named(errors.stream().map(S3Error::key)))
                    .because(first(errors), consequence);
        }
        return true;
    }

    private List<S3Error> request(List<String> keys) {
        List<ObjectIdentifier> objects = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        return bucket.client()
                .deleteObjects(request -> request.bucket(bucket.name())
                        .delete(deletion -> deletion.objects(objects).quiet(true))
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                        .expectedBucketOwner(bucket.owner())
                        .overrideConfiguration(bucket.limits(0)))
                .errors();
    }

    private static String named(Stream<String> keys) {
        List<String> all = keys.toList();
        String first = all.stream().limit(NAMED).collect(Collectors.joining(", "));
        return all.size() > NAMED ? first + " and " + (all.size() - NAMED) + " more" : first;
    }

    /** As if the object had been deleted on its own. */
    private static SdkException first(List<S3Error> errors) {
        S3Error error = errors.get(0);
        return S3Exception.builder()
                .statusCode("AccessDenied".equals(error.code()) ? FORBIDDEN : SERVER_ERROR)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("S3")
                        .errorCode(String.valueOf(error.code()))
                        .errorMessage(String.valueOf(error.message()))
                        .build())
                .build();
    }
}
