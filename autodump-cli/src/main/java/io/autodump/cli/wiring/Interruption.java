package io.autodump.cli.wiring;

import io.autodump.core.engine.StoppableDumpSource;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Stops what is under way when the process is told to end: children are ended, uploads are aborted by whoever writes
 * them, temporary files go. Thread-safe.
 */
public final class Interruption {
    private static final String STOPPED = "stopped by a signal; ";
    private static final String HINT = "run the same command again";

    private final List<StoppableDumpSource> sources = new CopyOnWriteArrayList<>();
    private final List<Runnable> stoppers = new CopyOnWriteArrayList<>();
    private volatile boolean requested;

    /** Whether there is anything that {@link #request} has to stop, and that whoever ends the process must wait for. */
    public boolean isAnythingUnderWay() {
        return !stoppers.isEmpty();
    }

    /** Stops everything, from whatever thread. */
    public void request() {
        requested = true;
        sources.forEach(StoppableDumpSource::stop);
        stoppers.forEach(Runnable::run);
    }

    /**
     * Does work that can be stopped.
     *
     * @param stopper may be called by any thread, and more than once
     * @param consequence what is left of stopped work, for the message
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

    /** The same source, which stops when the process is told to end. */
    public DumpSource stopping(DumpSource source) {
        StoppableDumpSource stoppable = new StoppableDumpSource(source, STOPPED + "nothing was published", HINT);
        sources.add(stoppable);
        // Asked afterwards: a request that came before has not seen this source.
        if (requested) {
            stoppable.stop();
        }
        return stoppable;
    }

    private static AutoDumpException stopped(String consequence, Throwable cause) {
        return new AutoDumpException(ErrorCode.INTERRUPTED, STOPPED + consequence, HINT, cause);
    }
}
