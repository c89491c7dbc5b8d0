package io.autodump.core.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that may be worked out in another thread, while this one does something else. {@link #get} has the outcome
 * that the work has in the calling thread, interrupts included. It never waits for an executor that is busy: it does
 * the work itself if nobody began it. Used by one thread.
 */
public final class Meanwhile<T> implements AutoCloseable {
    private final Supplier<T> work;
    private final FutureTask<T> task;

    private Meanwhile(Supplier<T> work) {
        this.work = work;
        this.task = new FutureTask<>(work::get);
    }

    /** Gives the work to the executor. */
    public static <T> Meanwhile<T> start(Executor executor, Supplier<T> work) {
        Meanwhile<T> meanwhile = new Meanwhile<>(work);
        try {
            executor.execute(meanwhile.task);
        } catch (RejectedExecutionException busy) {
            // get() does the work.
        }
        return meanwhile;
    }

    /** Returns the value, or throws what the work threw. An interrupted thread gets what it makes of the work. */
    public T get() {
        task.run();
        try {
            return task.get();
        } catch (InterruptedException interrupted) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return work.get();
        } catch (ExecutionException failed) {
            throw unchecked(failed.getCause());
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable thrown) {
        if (thrown instanceof Error fault) {
            throw fault;
        }
        return thrown instanceof RuntimeException failure ? failure : new IllegalStateException(thrown);
    }

    /** Interrupts the work if it isn't done. */
    @Override
    public void close() {
        task.cancel(true);
    }
}
