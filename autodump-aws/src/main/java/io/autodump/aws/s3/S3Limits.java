package io.autodump.aws.s3;

/**
 * The limits of S3 (Amazon S3 user guide, "Amazon S3 multipart upload limits" and "Working with object metadata").
 * Until the end of 2025 an object had at most 5 TiB. Most stores that speak S3's protocol still have this limit.
 */
final class S3Limits {
    static final long KIB = 1L << 10;
    static final long MIB = 1L << 20;
    static final long GIB = 1L << 30;
    static final long TIB = 1L << 40;

    static final int MAX_PARTS = 10_000;
    /** Applies to all parts but the last. */
    static final long MIN_PART = 5 * MIB;

    static final long MAX_PART = 5 * GIB;
    /** 48.8 TiB: the largest number of parts, each of the largest size. */
    static final long MAX_OBJECT = MAX_PARTS * MAX_PART;
    /** The size that every store accepts. */
    static final long COMMON_MAX_OBJECT = 5 * TIB;

    static final int MAX_KEY_BYTES = 1024;
    static final int MAX_TAGS = 10;

    private S3Limits() {}
}
