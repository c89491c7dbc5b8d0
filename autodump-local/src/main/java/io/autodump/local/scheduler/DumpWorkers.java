package io.autodump.local.scheduler;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The threads that make dumps or drills. Thread-safe. */
final class DumpWorkers implements Executor {
    /** The time that a closed dump has to end by itself before its thread is interrupted. */
    private static final Duration BEFORE_INTERRUPT = Duration.ofSeconds(5);

    private final ExecutorService threads;

    DumpWorkers(ExecutorService threads) {
        this.threads = threads;
    }

    static DumpWorkers of(int maxConcurrentDumps) {
        return new DumpWorkers(Executors.newFixedThreadPool(maxConcurrentDumps));
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Interrupts what runs, and drops what waits. */
    void interrupt() {
        threads.shutdownNow();
    }

    /** Takes no more tasks, and waits until the others have ended; after 5 seconds it interrupts them. */
    void end(Duration atMost) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(BEFORE_INTERRUPT.toSeconds(), TimeUnit.SECONDS)) {
                // Perhaps a slow upload. An interrupt makes it fail, and it then removes what it has sent.
                threads.shutdownNow();
                threads.awaitTermination(atMost.minus(BEFORE_INTERRUPT).toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException impatient) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
