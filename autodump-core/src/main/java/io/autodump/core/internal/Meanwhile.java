package io.autodump.core.internal;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that another thread works out, while this one does something else. {@link #get} has the outcome that the work
 * would have had in the calling thread, interrupts included. Used by one thread.
 */
public final class Meanwhile<T> implements AutoCloseable {
    /** The work may wait for something that no interrupt ends. Its thread ends with the process then. */
    private static final long LONGEST_WAIT_MILLIS = 1000;

    private final FutureTask<T> task;
    private final Thread thread;

    private Meanwhile(String name, Supplier<T> work) {
        this.task = new FutureTask<>(work::get);
        this.thread = new Thread(task, name);
        thread.setDaemon(true);
    }

    /**
     * Starts the work.
     *
     * @param name the name of the thread
     */
    public static <T> Meanwhile<T> start(String name, Supplier<T> work) {
        Meanwhile<T> meanwhile = new Meanwhile<>(name, work);
        meanwhile.thread.start();
        return meanwhile;
    }

    /** Waits for the value, or throws what the work threw. Passes an interrupt on to the work, and still waits. */
    public T get() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException passedOn) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException failed) {
            throw unchecked(failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable thrown) {
        if (thrown instanceof Error fault) {
            throw fault;
        }
        return thrown instanceof RuntimeException failure ? failure : new IllegalStateException(thrown);
    }

    /** Interrupts the work if it isn't done, and gives it a second to end. */
    @Override
    public void close() {
        if (!task.isDone()) {
            thread.interrupt();
        }
        Uninterrupted.run(() -> {
            try {
                thread.join(LONGEST_WAIT_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
