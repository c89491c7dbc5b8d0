package io.autodump.local.notify;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.usecase.status.StatusReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Looks at the status of all databases every few minutes, on a thread of its own. Thread-safe. */
public final class StatusWatch implements AutoCloseable {
    private final Supplier<StatusReport> status;
    private final Consumer<StatusReport> listener;
    private final Consumer<String> problems;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Does nothing until {@link #start} or {@link #look} is called.
     *
     * @param status finds the status of all databases
     * @param listener receives it
     * @param problems receives why the status isn't known
     */
    public StatusWatch(Supplier<StatusReport> status, Consumer<StatusReport> listener, Consumer<String> problems) {
        this.status = status;
        this.listener = listener;
        this.problems = problems;
    }

    /**
     * Starts looking every so often. Looks for the first time after one interval, so that runs which are due now can be
     * made before. Call it once.
     */
    public void start(Duration interval) {
        Thread thread = new Thread(() -> lookEvery(interval), "autodump-status");
        thread.setDaemon(true);
        thread.start();
    }

    private void lookEvery(Duration interval) {
        try {
            while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException ending) {
            // The program ends.
        }
    }

    /** Looks now, on the calling thread. Throws nothing, because the next look may find more. */
    public void look() {
        try {
            listener.accept(status.get());
        } catch (AutoDumpException failed) {
            problems.accept(failed.report());
        } catch (RuntimeException fault) {
            problems.accept("the status of the databases isn't known: " + fault);
        }
    }

    /** Begins no further look. */
    @Override
    public void close() {
        closed.countDown();
    }
}
