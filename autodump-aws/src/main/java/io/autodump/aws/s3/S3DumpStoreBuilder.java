package io.autodump.aws.s3;

import io.autodump.aws.S3Kind;
import io.autodump.aws.s3.part.PartPlan;
import io.autodump.aws.s3.part.PartSizes;
import io.autodump.aws.s3.request.Bytes;
import io.autodump.aws.s3.request.S3Bucket;
import io.autodump.aws.s3.request.S3Limits;
import io.autodump.aws.s3.request.WriteOptions;
import io.autodump.aws.s3.request.WriteOptions.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * Builds an {@link S3DumpStore}. Every setting has a default. A later call overrides an earlier one. Not thread-safe.
 */
public final class S3DumpStoreBuilder {
    private static final long DEFAULT_FIRST_PART = 8 * S3Limits.MIB;
    private static final int DEFAULT_PARALLELISM = 4;
    private static final int MAX_PARALLELISM = 64;
    private static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration DEFAULT_COMPLETION_TIMEOUT = Duration.ofMinutes(15);

    private final Supplier<S3Client> client;
    private final String bucket;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private String prefix = "";
    private @Nullable String owner;
    private @Nullable String kmsKeyId;
    private @Nullable StorageClass storageClass;
    private @Nullable Retention retention;
    private int parallelism = DEFAULT_PARALLELISM;
    private @Nullable Long firstPart;
    private boolean equalParts;
    private int maxParts = S3Limits.MAX_PARTS;
    private boolean checksums = true;
    private long memory = Runtime.getRuntime().maxMemory() / 2;
    private @Nullable Long largestObject;
    private boolean conditionalWrites = true;
    private Duration attemptTimeout = DEFAULT_ATTEMPT_TIMEOUT;
    private Duration completionTimeout = DEFAULT_COMPLETION_TIMEOUT;
    private InstantSource clock = InstantSource.system();

    S3DumpStoreBuilder(Supplier<S3Client> client, String bucket) {
        this.client = client;
        this.bucket = bucket;
        if (bucket.isBlank()) {
            throw new IllegalArgumentException("the name of the bucket is blank");
        }
    }

    /** Sets the prefix of all keys. Slashes at either end are ignored. Default: no prefix. */
    public S3DumpStoreBuilder prefix(String path) {
        String stripped = path.replaceAll("^/+|/+$", "");
        prefix = stripped.isEmpty() ? "" : stripped + "/";
        return this;
    }

    /**
     * Sets the account that must own the bucket. S3 refuses every call if another account owns it. Default:
     * any account.
     *
     * @param accountId 12 digits
     * @throws IllegalArgumentException if it isn't 12 digits
     */
    public S3DumpStoreBuilder expectedBucketOwner(String accountId) {
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("an account id must have 12 digits: \"" + accountId + "\"");
        }
        owner = accountId;
        return this;
    }

    /** Sets the KMS key that encrypts file and manifest, by id or ARN. Default: the encryption of the bucket. */
    public S3DumpStoreBuilder kmsKeyId(String keyId) {
        kmsKeyId = keyId;
        return this;
    }

    /**
     * Adds a tag to file and manifest, for lifecycle rules and cost reports. Default: no tags.
     *
     * @throws IllegalArgumentException if there are more than 10 tags
     */
    public S3DumpStoreBuilder tag(String key, String value) {
        tags.put(key, value);
        if (tags.size() > S3Limits.MAX_TAGS) {
            throw new IllegalArgumentException(
                    "an object can have at most " + S3Limits.MAX_TAGS + " tags: " + tags.keySet());
        }
        return this;
    }

    /**
     * Sets the storage class of the file. The manifest always has the default class of the bucket. A file in an archive
     * class must be restored in S3 before it can be read. Default: the class of the bucket.
     */
    public S3DumpStoreBuilder storageClass(StorageClass type) {
        storageClass = type;
        return this;
    }

    /**
     * Protects file and manifest from removal. The bucket must have Object Lock. Default: no protection, or that of
     * the bucket.
     *
     * @param duration counts from the moment of writing; positive
     */
    public S3DumpStoreBuilder objectLock(ObjectLockMode mode, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a retention must be positive: " + duration);
        }
        retention = new Retention(mode, duration);
        return this;
    }

    /** Sets how many parts of one upload are sent at a time: 1 to 64. Default: 4. */
    public S3DumpStoreBuilder partParallelism(int parts) {
        if (parts < 1 || parts > MAX_PARALLELISM) {
            throw new IllegalArgumentException("1 to " + MAX_PARALLELISM + " parts at a time, not " + parts);
        }
        parallelism = parts;
        return this;
    }

    /**
     * Sets what a kind of store needs: {@link #checksums}, {@link #conditionalWrites} and {@link #equalParts}. Default:
     * Amazon S3.
     */
    public S3DumpStoreBuilder kind(S3Kind kind) {
        checksums = kind.checksums();
        conditionalWrites = kind.conditionalWrites();
        equalParts = kind.equalParts();
        return this;
    }

    /**
     * Says whether the store knows S3's checksum headers. Without them, each part is sent with its MD5, and an object
     * whose ETag isn't made of the MD5 of its parts is read back after the upload. The client must then not add
     * checksums of its own: {@code AwsClientsBuilder.s3Checksums(false)}. Default: true.
     */
    public S3DumpStoreBuilder checksums(boolean known) {
        checksums = known;
        return this;
    }

    /**
     * Says whether all parts but the last must have the same size, as in Cloudflare R2. Their size is {@link
     * #firstPartSize}, or else what the size of the database needs, at least 64 MiB, within the memory. Default: false,
     * parts grow.
     */
    public S3DumpStoreBuilder equalParts(boolean equal) {
        equalParts = equal;
        return this;
    }

    /** Sets the largest number of parts that the store accepts: 1 to 10,000. Default: 10,000. */
    public S3DumpStoreBuilder maxParts(int parts) {
        if (parts < 1 || parts > S3Limits.MAX_PARTS) {
            throw new IllegalArgumentException("1 to " + S3Limits.MAX_PARTS + " parts, not " + parts);
        }
        maxParts = parts;
        return this;
    }

    /**
     * Sets the size of the first parts, or of all if they are equal, in bytes: 5 MiB to 5 GiB, a multiple of 256 KiB.
     * Default: 8 MiB, or as {@link #equalParts} says.
     */
    public S3DumpStoreBuilder firstPartSize(long size) {
        if (size % SegmentPool.SEGMENT != 0) {
            throw new IllegalArgumentException("the size of a part is a multiple of 256 KiB, not " + size + " bytes");
        }
        firstPart = size;
        return this;
    }

    /**
     * Limits the memory for the parts of one upload, in bytes. It must be at least twice the size of the first parts.
     * An upload takes memory as the dump grows: (parts at a time + 1) × size while parts have their first size. A part
     * has at most half of this memory, so it also limits the size of a dump. Default: half of the maximum heap.
     */
    public S3DumpStoreBuilder memory(long bytes) {
        memory = bytes;
        return this;
    }

    /**
     * Sets the largest file that must be possible, in bytes: at most 48.8 TiB. Default: 5 TiB, which every store
     * accepts, or what the memory allows if that is less.
     */
    public S3DumpStoreBuilder largestObject(long bytes) {
        largestObject = bytes;
        return this;
    }

    /**
     * Says whether the store obeys conditional writes. S3 does. Without them, two attempts at the same run that end at
     * the same moment can replace each other's files. Default: true.
     */
    public S3DumpStoreBuilder conditionalWrites(boolean known) {
        conditionalWrites = known;
        return this;
    }

    /** Limits one attempt at a call; one more second is allowed per 256 KiB that it carries. Default: 30 seconds. */
    public S3DumpStoreBuilder attemptTimeout(Duration timeout) {
        attemptTimeout = timeout;
        return this;
    }

    /** Limits the time in which S3 assembles the object from its parts, with all attempts. Default: 15 minutes. */
    public S3DumpStoreBuilder completionTimeout(Duration timeout) {
        completionTimeout = timeout;
        return this;
    }

    /** Sets the clock from which a retention counts. Default: the system clock. */
    public S3DumpStoreBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /**
     * Returns the store. Makes no call.
     *
     * @throws IllegalArgumentException if the memory is too small for the largest object or for two first parts
     */
    public S3DumpStore build() {
        return new S3DumpStore(
                s3Bucket(),
                prefix,
                writeOptions(),
                new UploadSettings(sizes(), memory, parallelism, conditionalWrites, completionTimeout));
    }

    /** Returns a probe that tries the permissions for this store. Makes no call. */
    public S3StoreProbe buildProbe() {
        return new S3StoreProbe(s3Bucket(), prefix, writeOptions());
    }

    /**
     * Returns a probe that completes a small upload under the conditions of a dump. Makes no call.
     *
     * @param withoutChecksums a client for the same store that adds no checksums, to find out whether they are refused
     */
    public S3UploadProbe buildUploadProbe(S3Client withoutChecksums) {
        return new S3UploadProbe(
                new S3UploadProbe.Clients(s3Bucket(), withoutChecksums, attemptTimeout),
                prefix,
                writeOptions(),
                new S3UploadProbe.Conditions(checksums, conditionalWrites, equalParts, maxParts));
    }

    /** Returns what finds the leftovers of dead processes in the bucket. */
    public S3Leftovers buildLeftovers() {
        return new S3Leftovers(s3Bucket(), prefix, InstantSource.system());
    }

    private S3Bucket s3Bucket() {
        return new S3Bucket(client, bucket, Optional.ofNullable(owner), attemptTimeout, checksums);
    }

    private WriteOptions writeOptions() {
        return new WriteOptions(
                Optional.ofNullable(kmsKeyId),
                Map.copyOf(tags),
                Optional.ofNullable(storageClass),
                Optional.ofNullable(retention),
                clock);
    }

    /** Returns the sizes of the parts. */
    PartSizes sizes() {
        long share = memory / UploadSettings.PARTS_IN_MEMORY;
        long largest = Math.min(S3Limits.MAX_PART, share - share % SegmentPool.SEGMENT);
        long first = firstPart == null ? DEFAULT_FIRST_PART : firstPart;
        if (largest < first) {
            throw new IllegalArgumentException("two parts of " + Bytes.text(first) + " need more memory than "
                    + Bytes.text(memory) + ": give the process a larger heap");
        }
        if (equalParts && firstPart == null) {
            return PartSizes.equal(largest, maxParts);
        }
        return equalParts
                ? PartSizes.fixed(PartPlan.equal(first, maxParts))
                : PartSizes.growing(first, largest, maxParts, Optional.ofNullable(largestObject));
    }
}
