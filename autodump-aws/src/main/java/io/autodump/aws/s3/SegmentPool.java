package io.autodump.aws.s3;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * The memory of one upload, in pieces of equal size: parts grow, and pieces fit every one of them. A piece is allocated
 * when it is first needed, at most {@code maximum} of them, and then used again. Thread-safe.
 */
final class SegmentPool {
    /** Small enough not to be a humongous object of the G1 collector, whose smallest region has 1 MiB. */
    static final int SEGMENT = 256 * 1024;

    private final int maximum;
    private final Deque<byte[]> free = new ArrayDeque<>();
    private int allocated;

    SegmentPool(long bytes) {
        this.maximum = Math.toIntExact(bytes / SEGMENT);
    }

    /** Waits until a piece is free. Its content is whatever it was. */
    synchronized byte[] take() throws InterruptedException {
        while (free.isEmpty() && allocated == maximum) {
            wait();
        }
        if (free.isEmpty()) {
            allocated++;
            return new byte[SEGMENT];
        }
        return free.pop();
    }

    synchronized void giveBack(Collection<byte[]> segments) {
        segments.forEach(free::push);
        notifyAll();
    }

    /** How much memory was ever needed at once, in bytes. */
    synchronized long allocatedBytes() {
        return (long) allocated * SEGMENT;
    }
}
