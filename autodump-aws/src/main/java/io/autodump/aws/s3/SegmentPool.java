package io.autodump.aws.s3;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * The memory of one upload, in segments of equal size, so that parts of any size can use it. A segment is allocated on
 * first use, at most {@code maximum} of them, and reused. Thread-safe.
 */
final class SegmentPool {
    /** Smaller than a humongous object of the G1 collector, whose smallest region has 1 MiB. */
    static final int SEGMENT = 256 * 1024;

    private final int maximum;
    private final Deque<byte[]> free = new ArrayDeque<>();
    private int allocated;

    SegmentPool(long bytes) {
        this.maximum = Math.toIntExact(bytes / SEGMENT);
    }

    /** Waits until a segment is free. Its content is undefined. */
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

    /** Returns the memory that was allocated so far, in bytes. */
    synchronized long allocatedBytes() {
        return (long) allocated * SEGMENT;
    }
}
