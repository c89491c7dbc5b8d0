package io.autodump.aws.page;

import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Call;
import io.autodump.aws.s3.request.WriteOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An HTML page in a bucket. Each one replaces the last.
 *
 * <p>Permissions: {@code s3:PutObject} on the key, and {@code kms:GenerateDataKey} if a KMS key encrypts it.
 * Thread-safe.
 */
public final class S3Page {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);

    private final S3Bucket bucket;
    private final String key;
    private final WriteOptions options;

    /**
     * Makes no call.
     *
     * @param client the caller closes it
     * @param expectedOwner the account that must own the bucket; empty for any account
     * @param kmsKeyId the KMS key that encrypts the page; empty for the encryption of the bucket
     */
    public S3Page(
            S3Client client, String bucket, String key, Optional<String> expectedOwner, Optional<String> kmsKeyId) {
        this.bucket = new S3Bucket(client, bucket, expectedOwner, ATTEMPT_TIMEOUT);
        this.key = key;
        this.options = new WriteOptions(kmsKeyId, Map.of(), Optional.empty(), Optional.empty(), InstantSource.system());
    }

    /** Returns {@code s3://bucket/key}. */
    public String uri() {
        return bucket.uri(key);
    }

    /**
     * Writes the page.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}; an earlier page is still there
     */
    public void write(String html) {
        try {
            bucket.put(key, html, "text/html; charset=utf-8", options);
        } catch (SdkException failed) {
            throw bucket.failure(S3Call.PUT, key).because(failed, "the page is missing or is the earlier one");
        }
    }
}
