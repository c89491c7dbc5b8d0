package io.autodump.aws.s3;

/**
 * What S3 takes (Amazon S3 user guide, "Amazon S3 multipart upload limits" and "Working with object metadata"). Until the
 * end of 2025 an object had at most 5 TiB, and most stores that speak the protocol still draw that line.
 */
final class S3Limits {
    static final long KIB = 1L << 10;
    static final long MIB = 1L << 20;
    static final long GIB = 1L << 30;
    static final long TIB = 1L << 40;

    static final int MAX_PARTS = 10_000;
    /** Of every part but the last. */
    static final long MIN_PART = 5 * MIB;

    static final long MAX_PART = 5 * GIB;
    /** 48.8 TiB: as many parts as there may be, each as large as it may be. */
    static final long MAX_OBJECT = MAX_PARTS * MAX_PART;
    /** What every store takes. */
    static final long COMMON_MAX_OBJECT = 5 * TIB;

    static final int MAX_KEY_BYTES = 1024;
    static final int MAX_TAGS = 10;

    private S3Limits() {}
}
