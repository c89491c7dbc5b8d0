package io.autodump.process;

/**
 * Clearing up on a thread that has been told to stop. A pending interrupt would end every wait at once and close the Unix
 * socket of every connection that is made, so that a half-restored database couldn't be dropped again.
 */
public final class Uninterrupted {
    private Uninterrupted() {}

    /** Runs it without the interrupt that is pending now, which is pending again afterwards. */
    public static void run(Runnable work) {
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
