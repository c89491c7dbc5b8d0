package io.autodump.testkit.aws;

import java.util.Optional;

/**
 * What a store with S3's protocol accepts. {@link StrictS3} imposes it. Immutable.
 *
 * @since 0.1.0
 */
public final class S3Rules {
    private static final int PARTS = 10_000;

    private final boolean checksums;
    private final boolean equalParts;
    private final int maxParts;
    private final Conditions conditions;
    private final boolean md5Tags;
    private final String region;

    private S3Rules(
            boolean checksums,
            boolean equalParts,
            int maxParts,
            Conditions conditions,
            boolean md5Tags,
            String region) {
        this.checksums = checksums;
        this.equalParts = equalParts;
        this.maxParts = maxParts;
        this.conditions = conditions;
        this.md5Tags = md5Tags;
        this.region = region;
    }

    /** What the store does with {@code If-Match} and {@code If-None-Match} of a write. */
    public enum Conditions {
        /** It obeys them. */
        OBEYED,
        /** It writes regardless of them. */
        IGNORED,
        /** It answers 501. */
        REFUSED
    }

    /** The rules of a store that accepts everything: checksums, conditions, parts of any size. */
    public static S3Rules lenient() {
        return new S3Rules(true, false, PARTS, Conditions.OBEYED, true, "");
    }

    /** As Cloudflare R2: equal parts, no CRC-32C of whole objects, region {@code auto}. */
    public static S3Rules r2() {
        return new S3Rules(false, true, PARTS, Conditions.OBEYED, true, "auto");
    }

    /** As Google Cloud Storage: no checksums of S3, conditions are ignored, ETags say nothing. */
    public static S3Rules gcs() {
        return new S3Rules(false, false, PARTS, Conditions.IGNORED, false, "auto");
    }

    /** As Backblaze B2: unknown headers are refused, and the region must be right. */
    public static S3Rules b2() {
        return new S3Rules(false, false, PARTS, Conditions.REFUSED, true, "us-west-004");
    }

    /** As an older Ceph: no checksums of S3, conditions are ignored. */
    public static S3Rules ceph() {
        return new S3Rules(false, false, PARTS, Conditions.IGNORED, true, "");
    }

    /** As a store that accepts 1,000 parts and everything else. */
    public static S3Rules thousandParts() {
        return lenient().maxParts(1000);
    }

    /** Returns these rules with another number of parts. */
    public S3Rules maxParts(int parts) {
        return new S3Rules(checksums, equalParts, parts, conditions, md5Tags, region);
    }

    boolean checksums() {
        return checksums;
    }

    boolean equalParts() {
        return equalParts;
    }

    int maxParts() {
        return maxParts;
    }

    Conditions conditions() {
        return conditions;
    }

    /** Returns whether ETags are made of MD5. */
    boolean md5Tags() {
        return md5Tags;
    }

    /** Returns the only region that requests may be signed with; empty for any. */
    public Optional<String> region() {
        return Optional.of(region).filter(name -> !name.isEmpty());
    }
}
