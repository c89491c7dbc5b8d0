package io.autodump.postgres.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Counts the rows in the text format of {@code COPY}: each is a line. A dump and its verification count alike.
 *
 * <p>Not thread-safe.
 */
public final class RowLines {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_ENDS = 0x0A0A_0A0A_0A0A_0A0AL;
    private static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;

    private long count;
    private byte last = '\n';

    /** Begins without rows. */
    public RowLines() {}

    /** Takes the next bytes. Looks at eight of them at once. */
    public void accept(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            count += zeroBytes((long) LONGS.get(bytes, at) ^ LINE_ENDS);
        }
        for (; at < end; at++) {
            count += bytes[at] == '\n' ? 1 : 0;
        }
        last = length == 0 ? last : bytes[end - 1];
    }

    /** A byte's highest bit stays 0 if any of its bits is 1. */
    private static int zeroBytes(long bytes) {
        return Long.bitCount(~((bytes & LOW_BITS) + LOW_BITS | bytes | LOW_BITS));
    }

    /** Returns the number of lines that have ended. */
    public long count() {
        return count;
    }

    /** Whether the last line has its end. */
    public boolean isWhole() {
        return last == '\n';
    }
}
