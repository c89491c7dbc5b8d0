package io.autodump.aws.s3;

import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Failure;
import io.autodump.aws.s3.request.WriteOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Tries each permission that dumps and restores need in a bucket. It sends an empty part of an upload and aborts the
 * upload, with the encryption, tags and storage class of a dump. Nothing becomes visible and nothing remains. It
 * doesn't try {@code s3:DeleteObject}: in a versioned bucket, even the deletion of a missing object leaves a marker.
 * Thread-safe.
 */
public final class S3StoreProbe {
    private static final String MANIFEST = ".manifest.json";
    private static final int KEYS = 1000;

    private final S3Bucket bucket;
    private final String prefix;
    private final WriteOptions options;

    S3StoreProbe(S3Bucket bucket, String prefix, WriteOptions options) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.options = options;
    }

    /**
     * The result of one attempt.
     *
     * @param action the IAM action, such as {@code s3:PutObject}
     * @param resource the ARN on which the action is needed
     * @param failure the reason why it is impossible; empty if it is possible
     */
    public record Attempt(String action, String resource, Optional<AutoDumpException> failure) {}

    /**
     * Tries all permissions. Stops after the first attempt if the bucket is unreachable, as the others would
     * fail alike.
     */
    public List<Attempt> run() {
        List<Attempt> attempts = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        boolean listed = attempt(attempts, S3Call.LIST, "s3:ListBucket", () -> keys.addAll(list()));
        if (!listed && !isDenied(attempts.get(0))) {
            return attempts;
        }
        Optional<String> manifest =
                keys.stream().filter(key -> key.endsWith(MANIFEST)).findFirst();
        if (listed) {
            // "No such object" also proves the permission. Without the permission to list, S3 responds with 403 for a
            // missing object, which would prove nothing about reading.
            attempt(attempts, S3Call.GET, "s3:GetObject", () -> bucket.read(manifest.orElseGet(this::newKey)));
        }
        write(attempts);
        return attempts;
    }

    private void write(List<Attempt> attempts) {
        String key = newKey();
        List<MultipartUpload> created = new ArrayList<>();
        attempt(
                attempts,
                S3Call.CREATE_UPLOAD,
                "s3:PutObject",
                () -> created.add(MultipartUpload.create(bucket, key, options)));
        for (MultipartUpload upload : created) {
            try {
                attempt(attempts, S3Call.UPLOAD_PART, "s3:PutObject", () -> upload.send(emptyPart()));
                attempt(attempts, S3Call.LIST_PARTS, "s3:ListMultipartUploadParts", upload::listParts);
            } finally {
                attempt(attempts, S3Call.ABORT_UPLOAD, "s3:AbortMultipartUpload", upload::abort);
            }
        }
        attempt(attempts, S3Call.LIST_UPLOADS, "s3:ListBucketMultipartUploads", () -> listUploads(key));
    }

    /** Returns whether the call succeeded. A success is noted once per permission. */
    private boolean attempt(List<Attempt> attempts, S3Call call, String action, Runnable work) {
        Optional<AutoDumpException> failure = failureOf(call, action, work);
        boolean noted = attempts.stream().anyMatch(attempt -> attempt.action().equals(action));
        if (!noted || failure.isPresent()) {
            attempts.add(new Attempt(action, resource(call), failure));
        }
        return failure.isEmpty();
    }

    private Optional<AutoDumpException> failureOf(S3Call call, String action, Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (SdkException failed) {
            return Optional.of(
                    worded(call, action, bucket.failure(call, resource(call)).because(failed, "nothing remains")));
        } catch (AutoDumpException failed) {
            return Optional.of(worded(call, action, failed));
        }
    }

    /** The hint of a plain denial names the one missing permission. Other failures keep their hints. */
    private AutoDumpException worded(S3Call call, String action, AutoDumpException failed) {
        if (!S3Failure.isDenied(failed) || failed.description().contains("kms:")) {
            return failed;
        }
        return new AutoDumpException(
                ErrorCode.STORE_FAILED,
                failed.description(),
                "allow " + action + " on " + resource(call) + " to this role, in its policy and in the bucket's"
                        + (bucket.owner() == null
                                ? ""
                                : "; S3 also refuses if account " + bucket.owner() + " doesn't own the bucket"),
                failed);
    }

    private static boolean isDenied(Attempt attempt) {
        return attempt.failure().filter(S3Failure::isDenied).isPresent();
    }

    private String resource(S3Call call) {
        String arn = "arn:aws:s3:::" + bucket.name();
        return call.isOnBucket() ? arn : arn + "/" + prefix + "*";
    }

    private String newKey() {
        return prefix + ".autodump-doctor-" + UUID.randomUUID();
    }

    private List<String> list() {
        return bucket
                .client()
                .listObjectsV2(request -> request.bucket(bucket.name())
                        .prefix(prefix)
                        .maxKeys(KEYS)
                        .expectedBucketOwner(bucket.owner())
                        .overrideConfiguration(bucket.limits(0)))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    private static PartBuffer emptyPart() {
        return new PartBuffer(1, 1, new SegmentPool(SegmentPool.SEGMENT));
    }

    private void listUploads(String key) {
        bucket.client()
                .listMultipartUploads(request -> request.bucket(bucket.name())
                        .prefix(key)
                        .expectedBucketOwner(bucket.owner())
                        .overrideConfiguration(bucket.limits(0)));
    }
}
