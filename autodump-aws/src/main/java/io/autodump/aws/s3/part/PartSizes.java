package io.autodump.aws.s3.part;

import io.autodump.aws.s3.request.Bytes;
import io.autodump.aws.s3.request.S3Limits;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.lang.System.Logger;
import java.util.Optional;

/**
 * Chooses the sizes of the parts of a file. Parts that grow, or have a size that somebody set, are the same for every
 * file. Parts that are equal and have no such size become larger with the database.
 *
 * @param usual the sizes for a database of unknown size
 * @param adapts whether equal parts become larger with the database
 * @param largest the largest size of a part that the memory allows, in bytes
 */
public record PartSizes(PartPlan usual, boolean adapts, long largest) {
    /** Equal parts of this size hold 625 GiB. */
    private static final long USUAL_EQUAL_PART = 64 * S3Limits.MIB;
    /** No dump of a real database is smaller than its files by more than this factor. */
    private static final int BEST_COMPRESSION = 20;

    private static final Logger LOG = System.getLogger(PartSizes.class.getName());

    /** Returns sizes that don't depend on the database. */
    public static PartSizes fixed(PartPlan plan) {
        return new PartSizes(plan, false, plan.largest());
    }

    /**
     * Returns sizes that grow as slowly as they can.
     *
     * @param largestObject the bytes that must fit; empty for 5 TiB, or what parts of the largest size allow
     */
    public static PartSizes growing(long first, long largest, int maxParts, Optional<Long> largestObject) {
        // Parts that all have the largest size would hold a third more, but every small dump would take more memory.
        long possible = Math.min(S3Limits.COMMON_MAX_OBJECT, maxParts * largest / 4 * 3);
        long reach = largestObject
                .map(wanted -> Math.min(wanted, S3Limits.MAX_OBJECT))
                .orElse(possible);
        return fixed(PartPlan.reaching(first, largest, reach, maxParts));
    }

    /** Returns equal sizes that depend on the database. */
    public static PartSizes equal(long largest, int maxParts) {
        long usual = Math.min(USUAL_EQUAL_PART, largest);
        return new PartSizes(PartPlan.equal(usual, maxParts), true, largest);
    }

    /** Returns the sizes for less memory, where no part is larger than a limit. */
    public PartSizes within(long limit) {
        long most = Math.min(usual.largest(), limit);
        return usual.partsPerSize() == 0
                ? fixed(PartPlan.equal(most, usual.maxParts()))
                : growing(Math.min(usual.first(), most), most, usual.maxParts(), Optional.empty());
    }

    /**
     * Returns the sizes for the dump of a database.
     *
     * @param databaseBytes its size on the server's disk; 0 if that is unknown
     * @throws AutoDumpException {@code STORE_FAILED} if no dump of it can fit
     */
    public PartPlan planFor(long databaseBytes) {
        PartPlan plan = adapts ? PartPlan.equal(equalSize(databaseBytes), usual.maxParts()) : usual;
        if (databaseBytes / BEST_COMPRESSION > plan.reach()) {
            throw tooLarge(databaseBytes, plan);
        }
        if (databaseBytes > plan.reach()) {
            LOG.log(
                    Logger.Level.WARNING,
                    "the database has {0}, and the store takes a dump of at most {1} ({2} parts of at most {3})",
                    Bytes.text(databaseBytes),
                    Bytes.text(plan.reach()),
                    String.valueOf(plan.maxParts()),
                    Bytes.text(plan.largest()));
        }
        return plan;
    }

    /** Twice the database fits: text can be longer than what it stands for, and a database can grow. */
    private long equalSize(long databaseBytes) {
        long wanted = databaseBytes / usual.maxParts() * 2;
        long rounded = (wanted + S3Limits.MIB - 1) / S3Limits.MIB * S3Limits.MIB;
        return Math.min(largest, Math.max(usual.largest(), rounded));
    }

    private static AutoDumpException tooLarge(long databaseBytes, PartPlan plan) {
        return new AutoDumpException(
                ErrorCode.STORE_FAILED,
                "a database of " + Bytes.text(databaseBytes) + " doesn't fit into one file of this store, which holds "
                        + Bytes.text(plan.reach()) + " in " + plan.maxParts() + " parts of at most "
                        + Bytes.text(plan.largest()) + "; nothing was dumped",
                "set a larger part size (part-size), and give the process twice that much memory and a heap of four"
                        + " times as much");
    }
}
