package io.autodump.postgres.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Gathers the elements of an archive from bytes that come in pieces of any size. The reader asks for the next
 * element and says what to do when it is there; that asks for the one after it. Holds no more than one element.
 * Not thread-safe.
 */
final class ArchiveCursor {
    /** A sign byte, and the size of PostgreSQL's {@code int} on every machine that it runs on. */
    static final int NUMBER_BYTES = 1 + Integer.BYTES;

    /** The longest element that can be asked for. */
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

    /** Asks for the length of a chunk; chunks that have come whole pass by themselves. */
    void awaitChunk(Runnable whenThere) {
        await(NUMBER_BYTES, whenThere);
        chunks = true;
    }

    /** Lets that many bytes pass without looking at them; at least one. */
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
     * Where uncompressed rows have a chunk each, there are millions: this loop keeps the cost of following them low.
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

    /** Elements are many and short: a call that copies would cost more than this loop. */
    private int gather(byte[] bytes, int at, int available) {
        int taken = Math.min(wanted - gathered, available);
        for (int i = 0; i < taken; i++) {
            element[gathered + i] = bytes[at + i];
        }
        gathered += taken;
        return taken;
    }

    /** Takes no bytes from here on. */
    void stop() {
        stopped = true;
    }

    /** How many bytes were taken. */
    long position() {
        return position;
    }

    /** Whether some bytes of the next element are there, and not all. */
    boolean isWithinElement() {
        return gathered > 0 && gathered < wanted;
    }

    /** A byte of the element that was asked for, 0 to 255. */
    int unsignedByte(int index) {
        return Byte.toUnsignedInt(element[index]);
    }

    /**
     * The number that begins there: a sign byte, then the magnitude, its lowest byte first.
     *
     * @throws DamagedArchive if the sign is none
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

    /** The first bytes of the element as text. */
    String text(int length) {
        return new String(element, 0, length, StandardCharsets.UTF_8);
    }
}
