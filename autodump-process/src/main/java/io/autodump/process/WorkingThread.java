package io.autodump.process;

import org.jspecify.annotations.Nullable;

/**
 * The thread that does one piece of work. Other threads may interrupt it, but only during this work: no interrupt is
 * left over for the next. Thread-safe.
 */
public final class WorkingThread {
    private @Nullable Thread thread;
    private boolean interrupted;

    /** Creates an object without a working thread. */
    public WorkingThread() {}

    /** Makes the calling thread the one that works. */
    public synchronized void begin() {
        thread = Thread.currentThread();
    }

    /** Interrupts the working thread, unless it is the calling thread. */
    public synchronized void interrupt() {
        if (thread != null && thread != Thread.currentThread()) {
            interrupted = true;
            thread.interrupt();
        }
    }

    /** Ends the work of the calling thread. Clears the interrupt if it came from {@link #interrupt}. */
    public synchronized void end() {
        thread = null;
        if (interrupted) {
            Thread.interrupted();
        }
    }
}
