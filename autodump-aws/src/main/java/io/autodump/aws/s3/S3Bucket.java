package io.autodump.aws.s3;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The plain calls on one bucket. Keys are full ones here. Every request names the expected owner and has its own time
 * limits, so that a client without any can be used. Failures come as the SDK's exceptions; {@link #failure} words them.
 */
final class S3Bucket {
    private static final int ATTEMPTS_PER_CALL = 10;

    private final S3Client client;
    private final String name;
    private final @Nullable String owner;
    private final Duration attemptTimeout;

    S3Bucket(S3Client client, String name, Optional<String> owner, Duration attemptTimeout) {
        this.client = client;
        this.name = name;
        this.owner = owner.orElse(null);
        this.attemptTimeout = attemptTimeout;
    }

    S3Client client() {
        return client;
    }

    String name() {
        return name;
    }

    /** The account that must own the bucket; null if that doesn't matter. */
    @Nullable
    String owner() {
        return owner;
    }

    String uri(String key) {
        return "s3://" + name + "/" + key;
    }

    S3Failure failure(S3Call call, String object) {
        return new S3Failure(call, name, object);
    }

    /** The limits of a call that carries as many bytes: a second more for each 256 KiB. */
    Consumer<AwsRequestOverrideConfiguration.Builder> limits(long bytes) {
        Duration attempt = attemptTimeout.plusSeconds(bytes / (256 * S3Limits.KIB));
        return limits(attempt, attempt.multipliedBy(ATTEMPTS_PER_CALL));
    }

    static Consumer<AwsRequestOverrideConfiguration.Builder> limits(Duration attempt, Duration call) {
        return limits -> limits.apiCallAttemptTimeout(attempt).apiCallTimeout(call);
    }

    /** Empty if there is no such object. */
    Optional<HeadObjectResponse> head(String key) {
        try {
            return Optional.of(client.headObject(request -> request.bucket(name)
                    .key(key)
                    .expectedBucketOwner(owner)
                    .checksumMode(ChecksumMode.ENABLED)
                    .overrideConfiguration(limits(0))));
        } catch (SdkException failed) {
            if (S3Failure.isNotFound(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** The text of a small object; empty if there is no such object. */
    Optional<String> read(String key) {
        try {
            return Optional.of(client.getObjectAsBytes(request -> request.bucket(name)
                            .key(key)
                            .expectedBucketOwner(owner)
                            .overrideConfiguration(limits(0)))
                    .asUtf8String());
        } catch (SdkException failed) {
            if (S3Failure.isNotFound(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** The bytes from a position on, of that very version of the object. */
    ResponseInputStream<GetObjectResponse> open(String key, long position, Optional<String> eTag) {
        return client.getObject(request -> {
            request.bucket(name).key(key).expectedBucketOwner(owner).overrideConfiguration(limits(0));
            eTag.ifPresent(request::ifMatch);
            if (position > 0) {
                request.range("bytes=" + position + "-");
            }
        });
    }

    /** Writes a small object; fails with 412 if there is one, unless the store knows no conditions. */
    void putNew(String key, String json, WriteOptions options, boolean conditional) {
        client.putObject(
                request -> {
                    request.bucket(name)
                            .key(key)
                            .expectedBucketOwner(owner)
                            .contentType("application/json")
                            .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                            .overrideConfiguration(limits(0));
                    if (conditional) {
                        request.ifNoneMatch("*");
                    }
                    options.applyTo(request);
                },
                RequestBody.fromString(json));
    }

    /** Asks for page after page while it is read. */
    Stream<String> keys(String prefix) {
        return client
                .listObjectsV2Paginator(request -> request.bucket(name)
                        .prefix(prefix)
                        .expectedBucketOwner(owner)
                        .overrideConfiguration(limits(0)))
                .contents()
                .stream()
                .map(S3Object::key);
    }

    /** Deleting what isn't there is no failure. */
    void delete(String key) {
        delete(key, Optional.empty());
    }

    /** Deletes an object if it is still that very version; 412 if it isn't. */
    void delete(String key, Optional<String> eTag) {
        client.deleteObject(request -> {
            request.bucket(name).key(key).expectedBucketOwner(owner).overrideConfiguration(limits(0));
            eTag.ifPresent(request::ifMatch);
        });
    }
}
