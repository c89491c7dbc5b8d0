package io.autodump.aws.s3;

import io.autodump.aws.s3.request.Bytes;
import io.autodump.aws.s3.request.S3Limits;
import java.util.stream.IntStream;

/**
 * The sizes of the parts of an upload whose length is unknown. The first parts are small, so that a small dump takes
 * little memory. The size doubles after every {@code partsPerSize} parts up to the largest size, so that {@value
 * S3Limits#MAX_PARTS} parts can hold the largest object. The plan grows as slowly as this goal allows.
 *
 * @param first the size of the first parts, in bytes
 * @param largest the size at which growth ends, in bytes
 * @param partsPerSize the number of parts of each size; 0 if all parts have the largest size
 */
record PartPlan(long first, long largest, int partsPerSize) {
    PartPlan {
        if (first < S3Limits.MIN_PART || largest < first || largest > S3Limits.MAX_PART) {
            throw new IllegalArgumentException("parts have " + S3Limits.MIN_PART + " to " + S3Limits.MAX_PART
                    + " bytes, and the first ones aren't the largest: " + first + ", " + largest);
        }
    }

    /**
     * Returns the plan that grows slowest.
     *
     * @param reach the bytes that all parts together must be able to hold
     * @throws IllegalArgumentException if even parts of the largest size can't hold this many
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
     * Returns the size of a part in bytes. The last part of an upload may be smaller.
     *
     * @param number from 1 to {@value S3Limits#MAX_PARTS}
     */
    long sizeOf(int number) {
        if (number < 1 || number > S3Limits.MAX_PARTS) {
            throw new IllegalArgumentException("not the number of a part: " + number);
        }
        return partsPerSize == 0 ? largest : sizeAfter((number - 1) / partsPerSize);
    }

    /** Returns how many bytes all parts together hold. */
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
        // 10 doublings lead from the smallest to the largest part that S3 accepts. More would overflow.
        return doublings > 10 ? largest : Math.min(largest, first << doublings);
    }
}
