package io.autodump.local.scheduler;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes one waiting thread. A ring while no thread waits isn't lost: the next wait returns at once. Thread-safe. */
final class Alarm {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean rung;

    void ring() {
        lock.lock();
        try {
            rung = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a ring, at most this long. Returns at once if there was one since the last wait. */
    void await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!rung && left > 0) {
                left = changed.awaitNanos(left);
            }
            rung = false;
        } finally {
            lock.unlock();
        }
    }
}
