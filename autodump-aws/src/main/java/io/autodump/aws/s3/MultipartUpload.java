package io.autodump.aws.s3;

import com.google.common.hash.HashCode;
import io.autodump.aws.s3.request.Md5;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.S3Failure;
import io.autodump.aws.s3.request.StrayUploads;
import io.autodump.aws.s3.request.WriteOptions;
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

/**
 * One multipart upload. It is invisible until it is completed, and costs money until it is completed or aborted.
 * Thread-safe.
 */
final class MultipartUpload {
    static final String NOTHING_PUBLISHED = "nothing was published";
    /** The metadata that distinguishes the object of this upload from any other. */
    private static final String TOKEN = "autodump-upload";

    private static final String CONTENT_TYPE = "application/octet-stream";
    /** A part may arrive after the abort of its upload, which must then be aborted again. */
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
                                .overrideConfiguration(bucket.limits(0).andThen(strays::watch));
                        if (bucket.checksums()) {
                            request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C).checksumType(ChecksumType.FULL_OBJECT);
                        }
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
        Optional<HashCode> md5 = bucket.checksums() ? Optional.empty() : Optional.of(Md5.of(part.open()));
        try {
            String eTag = bucket.client()
                    .uploadPart(
                            request -> request.bucket(bucket.name())
                                    .key(key)
                                    .expectedBucketOwner(bucket.owner())
                                    .uploadId(id)
                                    .partNumber(part.number())
                                    .contentLength(part.length())
                                    .checksumCRC32C(md5.isPresent() ? null : checksum.base64())
                                    .contentMD5(md5.map(Md5::header).orElse(null))
                                    .overrideConfiguration(bucket.limits(part.length())),
                            RequestBody.fromContentProvider(part::open, part.length(), CONTENT_TYPE))
                    .eTag();
            return new SentPart(part.number(), part.length(), eTag, checksum, md5);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.UPLOAD_PART, "part " + part.number() + " of " + key)
                    .because(failed, NOTHING_PUBLISHED);
        }
    }

    /**
     * Makes an object of the parts.
     *
     * @param condition which object may be replaced
     */
    void complete(List<SentPart> parts, long bytes, Crc32c whole, Precondition condition, Duration timeout) {
        bucket.client().completeMultipartUpload(request -> {
            request.bucket(bucket.name())
                    .key(key)
                    .expectedBucketOwner(bucket.owner())
                    .uploadId(id)
                    .multipartUpload(list -> list.parts(
                            parts.stream().map(SentPart::toCompletedPart).toList()))
                    .overrideConfiguration(S3Bucket.limits(timeout, timeout));
            if (bucket.checksums()) {
                request.checksumType(ChecksumType.FULL_OBJECT)
                        .checksumCRC32C(whole.base64())
                        .mpuObjectSize(bytes);
            }
            condition.applyTo(request);
        });
    }

    /** Returns whether this upload made the object. */
    boolean made(HeadObjectResponse object) {
        return token.equals(object.metadata().get(TOKEN));
    }

    /** The result of an abort. */
    enum Abort {
        /** The upload is aborted and was never completed. */
        DONE,
        /** There is no such upload: it was completed, or another process aborted it. */
        NONE_THERE
    }

    /**
     * Removes the parts. Works on an interrupted thread, too.
     *
     * @throws AutoDumpException if it failed: the parts then cost money until the bucket's lifecycle rule removes them
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
                            .overrideConfiguration(bucket.cleanupLimits()));
            return Abort.DONE;
        } catch (SdkException failed) {
            if (S3Failure.isNotFound(failed)) {
                return Abort.NONE_THERE;
            }
            throw bucket.failure(S3Call.ABORT_UPLOAD, key)
                    .because(failed, "upload " + id + " is invisible and still costs money");
        }
    }

    /** A precaution: without the permission to list parts, one abort must suffice. */
    private boolean hasParts() {
        return isTrue(this::listParts);
    }

    /** Returns whether the upload has parts. */
    boolean listParts() {
        return bucket.client()
                .listParts(request -> request.bucket(bucket.name())
                        .key(key)
                        .expectedBucketOwner(bucket.owner())
                        .uploadId(id)
                        .overrideConfiguration(bucket.cleanupLimits()))
                .hasParts();
    }

    private static boolean isTrue(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (SdkException goneOrForbidden) {
            return false;
        }
    }

    /** Returns a text for messages. */
    @Override
    public String toString() {
        return "upload " + id + " of " + bucket.uri(key);
    }

    /** Which object may be replaced: the one that existed when the upload began, or none. */
    record Precondition(boolean enforced, Optional<String> replacedETag) {
        /**
         * Returns whether S3 itself refuses the completion if a dump was finished under the key since the upload began.
         * It does if there may be no file. If an unfinished file is replaced, its own attempt may publish its manifest
         * at any time, which doesn't change the ETag.
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
