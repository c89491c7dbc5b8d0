package io.autodump.postgres.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Collects the elements of an archive from bytes that arrive in pieces of any size. The reader asks for the next
 * element with an action, and that action asks for the element after it. Holds at most one element in memory.
 * Not thread-safe.
 */
final class ArchiveCursor {
    /** The size of a number: a sign byte, and PostgreSQL's {@code int}, which has the same size on every machine. */
    static final int NUMBER_BYTES = 1 + Integer.BYTES;

    /** The length of the longest element, in bytes. */
    static final int LONGEST = 256;

    private static final VarHandle LOWEST_BYTE_FIRST =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] element = new byte[LONGEST];
    private int gathered;
    private int wanted;
    private long skipping;
    private long position;
    private boolean chunks;
    private boolean stopped;
    private Runnable then = () -> {};

    /** Asks for the next element. */
    void await(int bytes, Runnable whenThere) {
        gathered = 0;
        wanted = bytes;
        then = whenThere;
        chunks = false;
    }

    /** Asks for the length of a chunk. Chunks that have arrived completely are skipped on the way. */
    void awaitChunk(Runnable whenThere) {
        await(NUMBER_BYTES, whenThere);
        chunks = true;
    }

    /** Skips this many bytes, at least one, without looking at them. */
    void skip(long bytes, Runnable whenPast) {
        await(0, whenPast);
        skipping = bytes;
    }

    /** Takes the next bytes. */
    void accept(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && !stopped) {
            int taken = skipping > 0 ? pass(end - at) : take(bytes, at, end);
            at += taken;
            position += taken;
            if (skipping == 0 && gathered == wanted) {
                then.run();
            }
        }
    }

    private int take(byte[] bytes, int at, int end) {
        int past = chunks && gathered == 0 ? pastWholeChunks(bytes, at, end) : at;
        return past - at + gather(bytes, past, end - past);
    }

    /**
     * Skips chunks that have arrived completely. Uncompressed rows have a chunk each, so there are millions of them:
     * this loop makes that cheap.
     */
    private static int pastWholeChunks(byte[] bytes, int from, int end) {
        int at = from;
        while (end - at >= NUMBER_BYTES && bytes[at] == 0) {
            int length = (int) LOWEST_BYTE_FIRST.get(bytes, at + 1);
            if (length <= 0 || length > end - at - NUMBER_BYTES) {
                break;
            }
            at += NUMBER_BYTES + length;
        }
        return at;
    }

    private int pass(int available) {
        int taken = (int) Math.min(skipping, available);
        skipping -= taken;
        return taken;
    }

    /** Copies by a loop: elements are many and short, and a call to copy would cost more. */
    private int gather(byte[] bytes, int at, int available) {
        int taken = Math.min(wanted - gathered, available);
        for (int i = 0; i < taken; i++) {
            element[gathered + i] = bytes[at + i];
        }
        gathered += taken;
        return taken;
    }

    /** Ignores all bytes from here on. */
    void stop() {
        stopped = true;
    }

    /** Returns how many bytes were taken. */
    long position() {
        return position;
    }

    /** Returns whether the next element has begun and isn't complete. */
    boolean isWithinElement() {
        return gathered > 0 && gathered < wanted;
    }

    /** Returns a byte of the element, 0 to 255. */
    int unsignedByte(int index) {
        return Byte.toUnsignedInt(element[index]);
    }

    /**
     * Returns the number that begins at this byte: a sign byte, then the magnitude, lowest byte first.
     *
     * @throws DamagedArchive if the sign byte is neither 0 nor 1
     */
    long number(int index) {
        long magnitude = 0;
        for (int i = index + Integer.BYTES; i > index; i--) {
            magnitude = magnitude << Byte.SIZE | unsignedByte(i);
        }
        return switch (element[index]) {
            case 0 -> magnitude;
            case 1 -> -magnitude;
            default -> throw new DamagedArchive("there is no number before byte " + position);
        };
    }

    /** Returns the first bytes of the element as text. */
    String text(int length) {
        return new String(element, 0, length, StandardCharsets.UTF_8);
    }
}
