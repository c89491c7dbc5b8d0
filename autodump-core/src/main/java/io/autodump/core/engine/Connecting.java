package io.autodump.core.engine;

import java.util.HashSet;
import java.util.Set;

/**
 * The threads that are connecting to a server, so that a stop can interrupt them. A thread is interrupted only while
 * it is connecting, and its interrupted status is cleared afterwards: the next steps, such as reporting the failure,
 * must still work.
 */
final class Connecting {
    private final Set<Thread> threads = new HashSet<>();
    private boolean interrupted;

    /** Returns false after {@link #interrupt}: the thread must not connect then. */
    synchronized boolean begin() {
        return !interrupted && threads.add(Thread.currentThread());
    }

    synchronized void end() {
        threads.remove(Thread.currentThread());
        if (interrupted) {
            Thread.interrupted();
        }
    }

    synchronized void interrupt() {
        interrupted = true;
        threads.forEach(Thread::interrupt);
    }
}
