package io.autodump.process;

import org.jspecify.annotations.Nullable;

/**
 * The thread that does one piece of work. Other threads may interrupt it while it does, and not before or afterwards:
 * no interrupt is left over for the work that the thread does next. Thread-safe.
 */
public final class WorkingThread {
    private @Nullable Thread thread;
    private boolean interrupted;

    /** Starts with no thread at work. */
    public WorkingThread() {}

    /** The calling thread works from now on. */
    public synchronized void begin() {
        thread = Thread.currentThread();
    }

    /** Interrupts the thread that works, unless it is the calling one. */
    public synchronized void interrupt() {
        if (thread != null && thread != Thread.currentThread()) {
            interrupted = true;
            thread.interrupt();
        }
    }

    /** The calling thread has done its work. Takes back the interrupt, if it came from here. */
    public synchronized void end() {
        thread = null;
        if (interrupted) {
            Thread.interrupted();
        }
    }
}
