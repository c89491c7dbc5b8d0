package io.autodump.aws.s3;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.internal.Uninterrupted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** One multipart upload: invisible until it is completed, and billed until it is completed or aborted. Thread-safe. */
final class MultipartUpload {
    static final String NOTHING_PUBLISHED = "nothing was published";
    /** In the object's metadata: tells the object that this upload made from any other. */
    private static final String TOKEN = "autodump-upload";

    private static final String CONTENT_TYPE = "application/octet-stream";
    /** Parts that were on their way when an upload was aborted may arrive later, and then it must be aborted again. */
    private static final int ABORTS = 3;

    private final S3Bucket bucket;
    private final String key;
    private final String id;
    private final String token;

    private MultipartUpload(S3Bucket bucket, String key, String id, String token) {
        this.bucket = bucket;
        this.key = key;
        this.id = id;
        this.token = token;
    }

    static MultipartUpload create(S3Bucket bucket, String key, WriteOptions options) {
        String token = UUID.randomUUID().toString();
        StrayUploads strays = new StrayUploads(bucket, key);
        try {
            String id = bucket.client()
                    .createMultipartUpload(request -> {
                        request.bucket(bucket.name())
                                .key(key)
                                .expectedBucketOwner(bucket.owner())
                                .contentType(CONTENT_TYPE)
                                .metadata(Map.of(TOKEN, token))
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                                .checksumType(ChecksumType.FULL_OBJECT)
                                .overrideConfiguration(bucket.limits(0).andThen(strays::watch));
                        options.applyTo(request);
                    })
                    .uploadId();
            strays.abort(Optional.of(id));
            return new MultipartUpload(bucket, key, id, token);
        } catch (SdkException failed) {
            if (!S3Failure.isRefusal(failed)) {
                strays.abort(Optional.empty());
            }
            throw bucket.failure(S3Call.CREATE_UPLOAD, key).because(failed, NOTHING_PUBLISHED);
        }
    }

    SentPart send(PartBuffer part) {
        Crc32c checksum = part.checksum();
        try {
            String eTag = bucket.client()
                    .uploadPart(
                            request -> request.bucket(bucket.name())
                                    .key(key)
                                    .expectedBucketOwner(bucket.owner())
                                    .uploadId(id)
                                    .partNumber(part.number())
                                    .contentLength(part.length())
                                    .checksumCRC32C(checksum.base64())
                                    .overrideConfiguration(bucket.limits(part.length())),
                            RequestBody.fromContentProvider(part::open, part.length(), CONTENT_TYPE))
                    .eTag();
            return new SentPart(part.number(), part.length(), eTag, checksum);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.UPLOAD_PART, "part " + part.number() + " of " + key)
                    .because(failed, NOTHING_PUBLISHED);
        }
    }

    /**
     * Asks S3 to make the parts an object.
     *
     * @param condition on what may be replaced
     */
    void complete(List<SentPart> parts, long bytes, Crc32c whole, Precondition condition, Duration timeout) {
        bucket.client().completeMultipartUpload(request -> {
            request.bucket(bucket.name())
                    .key(key)
                    .expectedBucketOwner(bucket.owner())
                    .uploadId(id)
                    .checksumType(ChecksumType.FULL_OBJECT)
                    .checksumCRC32C(whole.base64())
                    .mpuObjectSize(bytes)
                    .multipartUpload(list -> list.parts(
                            parts.stream().map(SentPart::toCompletedPart).toList()))
                    .overrideConfiguration(S3Bucket.limits(timeout, timeout));
            condition.applyTo(request);
        });
    }

    /** Whether this upload made the object. */
    boolean made(HeadObjectResponse object) {
        return token.equals(object.metadata().get(TOKEN));
    }

    /** What an abort found. */
    enum Abort {
        /** The upload is gone, and it was never completed. */
        DONE,
        /** There was no such upload any more: it had been completed, or aborted by somebody else. */
        NONE_THERE
    }

    /**
     * Frees what was uploaded, also when this thread is interrupted, which would otherwise end every call at once.
     *
     * @throws AutoDumpException if that failed: the parts are then billed until the bucket's lifecycle rule removes them
     */
    Abort abort() {
        return Uninterrupted.call(() -> {
            Abort outcome = abortOnce();
            for (int more = 1; more < ABORTS && outcome == Abort.DONE && hasParts(); more++) {
                abortOnce();
            }
            return outcome;
        });
    }

    private Abort abortOnce() {
        try {
            bucket.client()
                    .abortMultipartUpload(request -> request.bucket(bucket.name())
                            .key(key)
                            .expectedBucketOwner(bucket.owner())
                            .uploadId(id)
                            .overrideConfiguration(bucket.limits(0)));
            return Abort.DONE;
        } catch (SdkException failed) {
            if (S3Failure.isNotFound(failed)) {
                return Abort.NONE_THERE;
            }
            throw bucket.failure(S3Call.ABORT_UPLOAD, key)
                    .because(failed, "upload " + id + " is invisible and still billed");
        }
    }

    /** Only a precaution: without the permission to look, one abort has to do. */
    private boolean hasParts() {
        return isTrue(this::listParts);
    }

    /** Whether parts are there. */
    boolean listParts() {
        return bucket.client()
                .listParts(request -> request.bucket(bucket.name())
                        .key(key)
                        .expectedBucketOwner(bucket.owner())
                        .uploadId(id)
                        .overrideConfiguration(bucket.limits(0)))
                .hasParts();
    }

    private static boolean isTrue(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (SdkException goneOrForbidden) {
            return false;
        }
    }

    /** For messages. */
    @Override
    public String toString() {
        return "upload " + id + " of " + bucket.uri(key);
    }

    /** What the object that is to be replaced must be: the one that was there when the upload began, or none. */
    record Precondition(boolean enforced, Optional<String> replacedETag) {
        /**
         * Whether S3 itself refuses the completion if a dump was finished under the key since the upload began. It does
         * if no file may be there. If an unfinished file is replaced, its own attempt may publish its manifest at any
         * time, which leaves the ETag as it is.
         */
        boolean excludesFinishedDumps() {
            return enforced && replacedETag.isEmpty();
        }

        void applyTo(CompleteMultipartUploadRequest.Builder request) {
            if (!enforced) {
                return;
            }
            replacedETag.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        }
    }
}
