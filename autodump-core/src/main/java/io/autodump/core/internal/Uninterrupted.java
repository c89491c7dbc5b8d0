package io.autodump.core.internal;

import java.util.function.Supplier;

/**
 * Runs work that must be done even if the thread was interrupted. A pending interrupt would end every wait at once,
 * and close the connection of every call.
 */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Runs the work without the pending interrupt, and restores the interrupt afterwards. */
    public static void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /** As {@link #run}, for work with a result. */
    public static <T> T call(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
