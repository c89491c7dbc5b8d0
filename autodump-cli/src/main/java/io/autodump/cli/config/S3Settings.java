package io.autodump.cli.config;

import java.util.List;
import java.util.Optional;

/**
 * What a store with S3's protocol needs. An absent setting is that of the kind.
 *
 * @param kind one of {@link #KINDS}
 * @param checksums whether the store knows S3's checksum headers
 * @param conditionalWrites whether the store obeys {@code If-Match} and {@code If-None-Match}
 * @param equalParts whether all parts of an upload but the last must have one size
 * @param partSize the size of the first parts, or of equal ones, in bytes
 * @param maxParts the largest number of parts of an upload
 * @param pathStyle whether URLs hold the bucket in the path rather than in the host name
 */
public record S3Settings(
        String kind,
        Optional<Boolean> checksums,
        Optional<Boolean> conditionalWrites,
        Optional<Boolean> equalParts,
        Optional<Long> partSize,
        Optional<Integer> maxParts,
        Optional<Boolean> pathStyle) {
    /** The kinds of store, as in {@code io.autodump.aws.S3Kind}. The first is the default. */
    public static final List<String> KINDS = List.of("aws", "r2", "gcs", "b2", "ceph", "minio", "wasabi", "ovh");

    static final List<String> KEYS = List.of(
            "aws.store-kind",
            "aws.checksums",
            "aws.conditional-writes",
            "aws.equal-parts",
            "aws.part-size",
            "aws.max-parts",
            "aws.path-style");

    private static final long UNIT = 256 * 1024;
    private static final long SMALLEST_PART = 5L << 20;
    private static final long LARGEST_PART = 5L << 30;
    private static final int MOST_PARTS = 10_000;

    static S3Settings read(Entries entries) {
        return new S3Settings(
                entries.read("aws.store-kind", value -> Values.oneOf(value, KINDS))
                        .orElse(KINDS.get(0)),
                entries.read("aws.checksums", Values::truth),
                entries.read("aws.conditional-writes", Values::truth),
                entries.read("aws.equal-parts", Values::truth),
                entries.read("aws.part-size", value -> partSize(Values.bytes(value))),
                entries.read("aws.max-parts", value -> Values.number(value, MOST_PARTS)),
                entries.read("aws.path-style", Values::truth));
    }

    private static Long partSize(long bytes) {
        if (bytes < SMALLEST_PART || bytes > LARGEST_PART || bytes % UNIT != 0) {
            throw new IllegalArgumentException("must be from 5 MiB to 5 GiB and a multiple of 256 KiB");
        }
        return bytes;
    }
}
