package io.autodump.aws.s3;

import java.util.stream.IntStream;

/**
 * How large each part of an upload is, when nobody knows how long the upload will be. Parts begin small, so that a small
 * dump takes little memory, and double after every {@code partsPerSize} parts until they have the largest size, so that
 * {@value S3Limits#MAX_PARTS} of them hold what they are meant to hold. Growth is as slow as that allows.
 *
 * @param first the size of the first parts, in bytes
 * @param largest the size at which growth ends, in bytes
 * @param partsPerSize after how many parts the size doubles; 0 if all parts have the largest size
 */
record PartPlan(long first, long largest, int partsPerSize) {
    PartPlan {
        if (first < S3Limits.MIN_PART || largest < first || largest > S3Limits.MAX_PART) {
            throw new IllegalArgumentException("parts have " + S3Limits.MIN_PART + " to " + S3Limits.MAX_PART
                    + " bytes, and the first ones aren't the largest: " + first + ", " + largest);
        }
    }

    /**
     * The plan that grows slowest.
     *
     * @param reach how many bytes all parts together must be able to hold
     * @throws IllegalArgumentException if even parts of the largest size can't hold as many
     */
    static PartPlan reaching(long first, long largest, long reach) {
        return IntStream.iterate(S3Limits.MAX_PARTS, parts -> parts >= 0, parts -> parts - 1)
                .mapToObj(parts -> new PartPlan(first, largest, parts))
                .filter(plan -> plan.reach() >= reach)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(S3Limits.MAX_PARTS + " parts of at most "
                        + Bytes.text(largest) + " can't hold " + Bytes.text(reach)));
    }

    /**
     * The size of a part in bytes; the last part of an upload may have less.
     *
     * @param number from 1 to {@value S3Limits#MAX_PARTS}
     */
    long sizeOf(int number) {
        if (number < 1 || number > S3Limits.MAX_PARTS) {
            throw new IllegalArgumentException("not the number of a part: " + number);
        }
        return partsPerSize == 0 ? largest : sizeAfter((number - 1) / partsPerSize);
    }

    /** How many bytes all parts together hold. */
    long reach() {
        if (partsPerSize == 0) {
            return S3Limits.MAX_PARTS * largest;
        }
        long total = 0;
        for (int done = 0; done < S3Limits.MAX_PARTS; done += partsPerSize) {
            total += Math.min(partsPerSize, S3Limits.MAX_PARTS - done) * sizeAfter(done / partsPerSize);
        }
        return total;
    }

    private long sizeAfter(int doublings) {
        // 10 doublings lead from the smallest part that S3 takes to its largest; more would run over.
        return doublings > 10 ? largest : Math.min(largest, first << doublings);
    }
}
