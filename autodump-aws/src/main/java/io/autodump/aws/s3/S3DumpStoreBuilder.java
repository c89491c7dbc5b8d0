package io.autodump.aws.s3;

import io.autodump.aws.s3.WriteOptions.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** Builds an {@link S3DumpStore}. Everything has a default. Not thread-safe. */
public final class S3DumpStoreBuilder {
    private static final long DEFAULT_FIRST_PART = 8 * S3Limits.MIB;
    private static final int DEFAULT_PARALLELISM = 4;
    private static final int MAX_PARALLELISM = 64;
    private static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration DEFAULT_COMPLETION_TIMEOUT = Duration.ofMinutes(15);

    private final S3Client client;
    private final String bucket;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private String prefix = "";
    private @Nullable String owner;
    private @Nullable String kmsKeyId;
    private @Nullable StorageClass storageClass;
    private @Nullable Retention retention;
    private int parallelism = DEFAULT_PARALLELISM;
    private long firstPart = DEFAULT_FIRST_PART;
    private long memory = Runtime.getRuntime().maxMemory() / 2;
    private @Nullable Long largestObject;
    private boolean conditionalWrites = true;
    private Duration attemptTimeout = DEFAULT_ATTEMPT_TIMEOUT;
    private Duration completionTimeout = DEFAULT_COMPLETION_TIMEOUT;
    private InstantSource clock = InstantSource.system();

    S3DumpStoreBuilder(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("a bucket has a name");
        }
    }

    /** What all keys begin with; none by default. Slashes at either end don't matter. */
    public S3DumpStoreBuilder prefix(String path) {
        String stripped = path.replaceAll("^/+|/+$", "");
        prefix = stripped.isEmpty() ? "" : stripped + "/";
        return this;
    }

    /** The 12 digits of the account that must own the bucket: S3 refuses every call if another does. */
    public S3DumpStoreBuilder expectedBucketOwner(String accountId) {
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("an account id has 12 digits: \"" + accountId + "\"");
        }
        owner = accountId;
        return this;
    }

    /** The id or ARN of the KMS key that encrypts file and manifest; the bucket's own encryption by default. */
    public S3DumpStoreBuilder kmsKeyId(String keyId) {
        kmsKeyId = keyId;
        return this;
    }

    /** A tag of file and manifest, for lifecycle rules and cost reports; at most 10. */
    public S3DumpStoreBuilder tag(String key, String value) {
        tags.put(key, value);
        if (tags.size() > S3Limits.MAX_TAGS) {
            throw new IllegalArgumentException(
                    "an object has at most " + S3Limits.MAX_TAGS + " tags: " + tags.keySet());
        }
        return this;
    }

    /** Of the file; the manifest always has the bucket's default. An archive class needs a restore before it is read. */
    public S3DumpStoreBuilder storageClass(StorageClass type) {
        storageClass = type;
        return this;
    }

    /** Nobody removes or replaces file and manifest for this long. The bucket must have Object Lock. */
    public S3DumpStoreBuilder objectLock(ObjectLockMode mode, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a retention takes time: " + duration);
        }
        retention = new Retention(mode, duration);
        return this;
    }

    /** How many parts of one upload are sent at a time, 1 to 64; 4 by default. */
    public S3DumpStoreBuilder partParallelism(int parts) {
        if (parts < 1 || parts > MAX_PARALLELISM) {
            throw new IllegalArgumentException("1 to " + MAX_PARALLELISM + " parts at a time, not " + parts);
        }
        parallelism = parts;
        return this;
    }

    /** The size of the first parts in bytes, 5 MiB to 5 GiB; 8 MiB by default. */
    public S3DumpStoreBuilder firstPartSize(long size) {
        firstPart = size;
        return this;
    }

    /**
     * How many bytes of memory the parts of one upload may take; half of the largest heap by default, and at least twice
     * the size of the first parts. It is taken only as the dump grows: while parts have their first size, that is (parts at
     * a time + 1) × that size. A part has at most half of it, so it also bounds the size of a dump.
     */
    public S3DumpStoreBuilder memory(long bytes) {
        memory = bytes;
        return this;
    }

    /**
     * The largest file that must be possible, in bytes; at most 48.8 TiB. By default 5 TiB, which every store takes, or
     * what the memory allows if that is less.
     */
    public S3DumpStoreBuilder largestObject(long bytes) {
        largestObject = bytes;
        return this;
    }

    /** Whether the store knows conditional writes; true by default, as S3 does. */
    public S3DumpStoreBuilder conditionalWrites(boolean known) {
        conditionalWrites = known;
        return this;
    }

    /** How long one attempt at a call may take, 30 seconds by default; a second more for each 256 KiB that it carries. */
    public S3DumpStoreBuilder attemptTimeout(Duration timeout) {
        attemptTimeout = timeout;
        return this;
    }

    /** How long S3 may take to make an object of the parts, with all attempts; 15 minutes by default. */
    public S3DumpStoreBuilder completionTimeout(Duration timeout) {
        completionTimeout = timeout;
        return this;
    }

    /** From which a retention is counted; the system's by default. */
    public S3DumpStoreBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /**
     * The store; it makes no call yet.
     *
     * @throws IllegalArgumentException if the memory doesn't suffice for the largest object or for two first parts
     */
    public S3DumpStore build() {
        return new S3DumpStore(
                s3Bucket(),
                prefix,
                writeOptions(),
                new UploadSettings(plan(), memory, parallelism, conditionalWrites, completionTimeout));
    }

    /** What tells whether that store could be used; it makes no call yet. */
    public S3StoreProbe buildProbe() {
        return new S3StoreProbe(s3Bucket(), prefix, writeOptions());
    }

    private S3Bucket s3Bucket() {
        return new S3Bucket(client, bucket, Optional.ofNullable(owner), attemptTimeout);
    }

    private WriteOptions writeOptions() {
        return new WriteOptions(
                Optional.ofNullable(kmsKeyId),
                Map.copyOf(tags),
                Optional.ofNullable(storageClass),
                Optional.ofNullable(retention),
                clock);
    }

    private PartPlan plan() {
        long share = memory / UploadSettings.PARTS_IN_MEMORY;
        long largest = Math.min(S3Limits.MAX_PART, share - share % SegmentPool.SEGMENT);
        if (largest < firstPart) {
            throw new IllegalArgumentException("two parts of " + Bytes.text(firstPart) + " need more memory than "
                    + Bytes.text(memory) + ": give the process a larger heap");
        }
        Long wanted = largestObject;
        if (wanted != null) {
            return PartPlan.reaching(firstPart, largest, Math.min(wanted, S3Limits.MAX_OBJECT));
        }
        // All parts of the largest size would reach a third further, and make every small dump pay for it.
        long possible = S3Limits.MAX_PARTS * largest / 4 * 3;
        return PartPlan.reaching(firstPart, largest, Math.min(S3Limits.COMMON_MAX_OBJECT, possible));
    }
}
