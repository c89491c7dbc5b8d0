package io.autodump.aws.s3.request;

/**
 * The limits of S3 (Amazon S3 user guide, "Amazon S3 multipart upload limits" and "Working with object metadata").
 * Until the end of 2025 an object had at most 5 TiB. Most stores that speak S3's protocol still have this limit.
 */
public final class S3Limits {
    static final long KIB = 1L << 10;
    public static final long MIB = 1L << 20;
    public static final long GIB = 1L << 30;
    public static final long TIB = 1L << 40;

    public static final int MAX_PARTS = 10_000;
    /** Applies to all parts but the last. */
    public static final long MIN_PART = 5 * MIB;

    public static final long MAX_PART = 5 * GIB;
    /** 48.8 TiB: the largest number of parts, each of the largest size. */
    public static final long MAX_OBJECT = MAX_PARTS * MAX_PART;
    /** The size that every store accepts. */
    public static final long COMMON_MAX_OBJECT = 5 * TIB;

    public static final int MAX_KEY_BYTES = 1024;
    public static final int MAX_TAGS = 10;

    private S3Limits() {}
}
