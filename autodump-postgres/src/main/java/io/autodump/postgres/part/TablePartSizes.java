package io.autodump.postgres.part;

import com.google.common.math.LongMath;

/**
 * How large parts are. Immutable.
 *
 * @param least the bytes of a table on disk that a part has at least, unless the table is smaller; such tables stay in
 *     the archive of pg_dump
 */
public record TablePartSizes(long least) {
    private static final long MIB = 1024 * 1024;
    private static final int LARGEST = 8;
    private static final int PARTS_PER_SESSION = 4;

    /** The most parts of one dump, apart from the last ones of its tables. */
    private static final int MOST_PARTS = 8000;

    /** 64 MiB. */
    public static final TablePartSizes DEFAULT = new TablePartSizes(64 * MIB);

    public TablePartSizes {
        if (least < 1) {
            throw new IllegalArgumentException("a part has at least a byte, not " + least);
        }
    }

    /**
     * Returns about how many bytes of a table each part has. There are some parts for each session, so that all
     * sessions are busy to the end, and they stay small, so that a failed one costs little.
     *
     * @param bytes the size of all tables that are cut into parts
     */
    long partBytes(long bytes, int jobs) {
        long even = bytes / ((long) jobs * PARTS_PER_SESSION);
        long bounded = Math.max(least, Math.min(even, LongMath.saturatedMultiply(least, LARGEST)));
        return Math.max(bounded, bytes / MOST_PARTS);
    }
}
