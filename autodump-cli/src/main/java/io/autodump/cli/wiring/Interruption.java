package io.autodump.cli.wiring;

import io.autodump.core.engine.StoppableDumpSource;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Stops the work of a command when the process must end: stops child processes, aborts uploads, removes temporary
 * files. Thread-safe.
 */
public final class Interruption {
    private static final String STOPPED = "stopped by a signal; ";
    private static final String HINT = "run the same command again";

    private final List<StoppableDumpSource> sources = new CopyOnWriteArrayList<>();
    private final List<Runnable> stoppers = new CopyOnWriteArrayList<>();
    private volatile boolean requested;
    private volatile boolean stopped;

    /** Returns whether there is work that {@link #request} stops. The process must then wait for its end. */
    public boolean isAnythingUnderWay() {
        return !stoppers.isEmpty();
    }

    /** Stops all work. Any thread may call it. */
    public void request() {
        requested = true;
        sources.forEach(StoppableDumpSource::stop);
        stoppers.forEach(Runnable::run);
    }

    /**
     * Does work that can be stopped.
     *
     * @param work the work
     * @param stopper stops the work; may be called by any thread, and more than once
     * @param consequence what stopped work leaves behind, for the message
     */
    public <T> T during(Supplier<T> work, Runnable stopper, String consequence) {
        stoppers.add(stopper);
        try {
            return work.get();
        } catch (AutoDumpException failure) {
            boolean says = failure.code() == ErrorCode.INTERRUPTED || failure.code() == ErrorCode.OUTCOME_UNKNOWN;
            throw requested && !says ? stopped(consequence, failure) : failure;
        } catch (RuntimeException | LinkageError failure) {
            // Libraries that are used for the first time while the process ends fail in their own ways.
            if (requested) {
                throw stopped(consequence, failure);
            }
            throw failure;
        } finally {
            stoppers.remove(stopper);
        }
    }

    /**
     * Does work that goes on until it is asked to stop, and then returns. To be stopped is its success:
     * {@link #isStoppedInOrder} says so afterwards.
     *
     * @param work the work
     * @param stopper stops the work; may be called by any thread, and more than once
     * @param consequence what work leaves behind if its stop fails, for the message
     */
    public <T> T untilStopped(Supplier<T> work, Runnable stopper, String consequence) {
        T result = during(work, stopper, consequence);
        stopped = requested;
        return result;
    }

    /** Returns whether work that goes on until it is stopped has ended because it was asked to. */
    public boolean isStoppedInOrder() {
        return stopped;
    }

    /** Returns the same source, whose dumps stop when the process must end. */
    public DumpSource stopping(DumpSource source) {
        StoppableDumpSource stoppable = new StoppableDumpSource(source, STOPPED + "nothing was published", HINT);
        sources.add(stoppable);
        // Check this last: an earlier request didn't know this source.
        if (requested) {
            stoppable.stop();
        }
        return stoppable;
    }

    private static AutoDumpException stopped(String consequence, Throwable cause) {
        return new AutoDumpException(ErrorCode.INTERRUPTED, STOPPED + consequence, HINT, cause);
    }
}
