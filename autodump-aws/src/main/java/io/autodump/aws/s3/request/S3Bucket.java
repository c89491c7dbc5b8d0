package io.autodump.aws.s3.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Suppliers;
import io.autodump.aws.internal.ForeignAnswer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The calls on one bucket, with full keys. Every request names the expected owner and sets its own time limits, so the
 * client needs none. Throws the SDK's exceptions; {@link #failure} translates them.
 */
public final class S3Bucket {
    /** A call without a body may outlast an outage of some minutes. */
    private static final int ATTEMPTS_PER_CALL = 10;
    /** The limit of an attempt with a large body is long enough for a slow line, so a few of them are long. */
    private static final int ATTEMPTS_PER_BODY = 3;

    private static final int ATTEMPTS_PER_CLEANUP = 2;

    private final Supplier<S3Client> client;
    private final String name;
    private final @Nullable String owner;
    private final Duration attemptTimeout;
    private final boolean checksums;

    /** A bucket of a store that knows S3's checksums. */
    public S3Bucket(S3Client client, String name, Optional<String> owner, Duration attemptTimeout) {
        this(() -> client, name, owner, attemptTimeout, true);
    }

    /**
     * Makes no call.
     *
     * @param client is asked once, for the first call
     * @param checksums whether the store knows S3's checksums; without them, requests carry MD5
     */
    public S3Bucket(
            Supplier<S3Client> client,
            String name,
            Optional<String> owner,
            Duration attemptTimeout,
            boolean checksums) {
        this.checksums = checksums;
        this.client = Suppliers.memoize(() -> new ImpatientS3(client.get()));
        this.name = name;
        this.owner = owner.orElse(null);
        this.attemptTimeout = attemptTimeout;
    }

    public S3Client client() {
        return client.get();
    }

    public String name() {
        return name;
    }

    public boolean checksums() {
        return checksums;
    }

    /** Returns the account that must own the bucket; null for any account. */
    @Nullable
    public String owner() {
        return owner;
    }

    public String uri(String key) {
        return "s3://" + name + "/" + key;
    }

    public S3Failure failure(S3Call call, String object) {
        return new S3Failure(call, name, object);
    }

    /** Returns the time limits of a call that carries so many bytes: one more second per 256 KiB. */
    public Consumer<AwsRequestOverrideConfiguration.Builder> limits(long bytes) {
        Duration attempt = attemptTimeout.plusSeconds(bytes / (256 * S3Limits.KIB));
        Duration bodies = attempt.multipliedBy(ATTEMPTS_PER_BODY);
        Duration calls = attemptTimeout.multipliedBy(ATTEMPTS_PER_CALL);
        return limits(attempt, bodies.compareTo(calls) > 0 ? bodies : calls);
    }

    /** Returns the time limits of a call that cleans up after a failure, which the store may have caused. */
    public Consumer<AwsRequestOverrideConfiguration.Builder> cleanupLimits() {
        return limits(attemptTimeout, attemptTimeout.multipliedBy(ATTEMPTS_PER_CLEANUP));
    }

    public static Consumer<AwsRequestOverrideConfiguration.Builder> limits(Duration attempt, Duration call) {
        return limits -> limits.apiCallAttemptTimeout(attempt).apiCallTimeout(call);
    }

    /** Returns the metadata of an object; empty if there is no such object. */
    public Optional<HeadObjectResponse> head(String key) {
        try {
            return Optional.of(client().headObject(request -> request.bucket(name)
                    .key(key)
                    .expectedBucketOwner(owner)
                    .checksumMode(checksums ? ChecksumMode.ENABLED : null)
                    .overrideConfiguration(limits(0))));
        } catch (SdkException failed) {
            if (S3Failure.isNotFound(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /**
     * Returns the text of a small object; empty if there is no such object. Fails as a call does if something else
     * than a store answers, such as a proxy.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code INVALID_DOCUMENT} if it has more than 64 MiB or isn't
     *     UTF-8 text
     */
    public Optional<String> read(String key) {
        try {
            return Optional.of(client().getObject(
                            request -> request.bucket(name)
                                    .key(key)
                                    .expectedBucketOwner(owner)
                                    .overrideConfiguration(limits(0)),
                            SmallText.reader(SmallText.MOST_MEBIBYTES))
                    .of(uri(key)));
        } catch (SdkException failed) {
            if (S3Failure.isNotFound(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** Reads from a position onwards. Fails with 412 if the object has another ETag. */
    ResponseInputStream<GetObjectResponse> open(String key, long position, Optional<String> eTag) {
        ResponseInputStream<GetObjectResponse> answer = client().getObject(request -> {
            request.bucket(name).key(key).expectedBucketOwner(owner).overrideConfiguration(limits(0));
            eTag.ifPresent(request::ifMatch);
            if (position > 0) {
                request.range("bytes=" + position + "-");
            }
        });
        if (S3Failure.isForeign(answer.response())) {
            answer.abort();
            throw ForeignAnswer.failure();
        }
        return answer;
    }

    /** Writes a small object. Fails with 412 if the object exists, unless the store has no conditional writes. */
    public void putNew(String key, String json, WriteOptions options, boolean conditional) {
        put(key, json, "application/json", options, conditional);
    }

    /** Writes a small object. Replaces an earlier one. */
    public void put(String key, String text, String contentType, WriteOptions options) {
        put(key, text, contentType, options, false);
    }

    private void put(String key, String text, String contentType, WriteOptions options, boolean conditional) {
        client().putObject(
                        request -> {
                            request.bucket(name)
                                    .key(key)
                                    .expectedBucketOwner(owner)
                                    .contentType(contentType)
                                    .checksumAlgorithm(checksums ? ChecksumAlgorithm.CRC32_C : null)
                                    .contentMD5(checksums ? null : Md5.header(Md5.of(text.getBytes(UTF_8))))
                                    .overrideConfiguration(limits(0));
                            if (conditional) {
                                request.ifNoneMatch("*");
                            }
                            options.applyTo(request);
                        },
                        RequestBody.fromString(text));
    }

    /** Requests the pages as the stream is consumed. */
    public Stream<String> keys(String prefix) {
        return keysAfter(prefix, "");
    }

    /** Returns the objects below a prefix, by their keys. */
    public Map<String, S3Object> objects(String prefix) {
        Map<String, S3Object> objects = new LinkedHashMap<>();
        contents(request -> request.prefix(prefix)).forEach(object -> objects.put(object.key(), object));
        return objects;
    }

    /** As {@link #keys}, for the keys behind a key. The key needn't exist; an empty one is before all others. */
    Stream<String> keysAfter(String prefix, String after) {
        return contents(request -> request.prefix(prefix).startAfter(after.isEmpty() ? null : after))
                .map(S3Object::key);
    }

    private Stream<S3Object> contents(Consumer<ListObjectsV2Request.Builder> what) {
        return pages(what).flatMap(page -> page.contents().stream());
    }

    /** Returns the folders right below a prefix, which ends with a slash; each of them ends with one too. */
    List<String> folders(String prefix) {
        return pages(request -> request.prefix(prefix).delimiter("/"))
                .flatMap(page -> page.commonPrefixes().stream())
                .map(CommonPrefix::prefix)
                .toList();
    }

    private Stream<ListObjectsV2Response> pages(Consumer<ListObjectsV2Request.Builder> what) {
        return ListPages.of(name, client().listObjectsV2Paginator(request -> {
            request.bucket(name).expectedBucketOwner(owner).overrideConfiguration(limits(0));
            what.accept(request);
        }));
    }

    /** Deletes an object. Succeeds if there is no such object. */
    public void delete(String key) {
        delete(key, Optional.empty());
    }

    /** Deletes an object. Fails with 412 if it has another ETag. */
    public void delete(String key, Optional<String> eTag) {
        client().deleteObject(request -> {
            request.bucket(name).key(key).expectedBucketOwner(owner).overrideConfiguration(limits(0));
            eTag.ifPresent(request::ifMatch);
        });
    }
}
