package io.autodump.aws.s3.part;

import io.autodump.aws.s3.request.Bytes;
import io.autodump.aws.s3.request.S3Limits;
import java.util.stream.IntStream;

/**
 * The sizes of the parts of an upload whose length is unknown. The first parts are small, so that a small dump takes
 * little memory. The size doubles after every {@code partsPerSize} parts up to the largest size, so that all parts
 * together can hold the largest object. The plan grows as slowly as this goal allows.
 *
 * @param first the size of the first parts, in bytes
 * @param largest the size at which growth ends, in bytes
 * @param partsPerSize the number of parts of each size; 0 if all parts have the largest size
 * @param maxParts the largest number of parts that the store accepts
 */
public record PartPlan(long first, long largest, int partsPerSize, int maxParts) {
    public PartPlan {
        if (first < S3Limits.MIN_PART || largest < first || largest > S3Limits.MAX_PART) {
            throw new IllegalArgumentException("parts have " + S3Limits.MIN_PART + " to " + S3Limits.MAX_PART
                    + " bytes, and the first ones aren't the largest: " + first + ", " + largest);
        }
        if (maxParts < 1 || maxParts > S3Limits.MAX_PARTS) {
            throw new IllegalArgumentException("an upload has 1 to " + S3Limits.MAX_PARTS + " parts, not " + maxParts);
        }
    }

    /** A plan with as many parts as S3 accepts. */
    public PartPlan(long first, long largest, int partsPerSize) {
        this(first, largest, partsPerSize, S3Limits.MAX_PARTS);
    }

    /** Returns the plan whose parts all have one size. */
    public static PartPlan equal(long size, int maxParts) {
        return new PartPlan(size, size, 0, maxParts);
    }

    /** As {@link #reaching(long, long, long, int)}, with as many parts as S3 accepts. */
    public static PartPlan reaching(long first, long largest, long reach) {
        return reaching(first, largest, reach, S3Limits.MAX_PARTS);
    }

    /**
     * Returns the plan that grows slowest.
     *
     * @param reach the bytes that all parts together must be able to hold
     * @throws IllegalArgumentException if even parts of the largest size can't hold this many
     */
    public static PartPlan reaching(long first, long largest, long reach, int maxParts) {
        return IntStream.iterate(maxParts, parts -> parts >= 0, parts -> parts - 1)
                .mapToObj(parts -> new PartPlan(first, largest, parts, maxParts))
                .filter(plan -> plan.reach() >= reach)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        maxParts + " parts of at most " + Bytes.text(largest) + " can't hold " + Bytes.text(reach)));
    }

    /**
     * Returns the size of a part in bytes. The last part of an upload may be smaller.
     *
     * @param number from 1 to {@link #maxParts}
     */
    public long sizeOf(int number) {
        if (number < 1 || number > maxParts) {
            throw new IllegalArgumentException("not the number of a part: " + number);
        }
        return partsPerSize == 0 ? largest : sizeAfter((number - 1) / partsPerSize);
    }

    /** Returns how many bytes all parts together hold. */
    public long reach() {
        if (partsPerSize == 0) {
            return maxParts * largest;
        }
        long total = 0;
        for (int done = 0; done < maxParts; done += partsPerSize) {
            total += Math.min(partsPerSize, maxParts - done) * sizeAfter(done / partsPerSize);
        }
        return total;
    }

    private long sizeAfter(int doublings) {
        // 10 doublings lead from the smallest to the largest part that S3 accepts. More would overflow.
        return doublings > 10 ? largest : Math.min(largest, first << doublings);
    }
}
