package io.autodump.cli.wiring;

import io.autodump.core.engine.StoppableDump;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.PreparedDump;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stops the work of a command when the process is asked to end. Child processes are ended, uploads are aborted,
 * temporary files are removed. Thread-safe.
 */
public final class Interruption {
    private final Set<PreparedDump> running = ConcurrentHashMap.newKeySet();
    private final List<Runnable> stoppers = new CopyOnWriteArrayList<>();
    private volatile boolean requested;

    /** Whether there is work that {@link #request} stops. The process must then wait for its end. */
    public boolean isAnythingUnderWay() {
        return !stoppers.isEmpty();
    }

    /** Stops all work. May be called from any thread. */
    public void request() {
        requested = true;
        running.forEach(PreparedDump::close);
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
        } finally {
            stoppers.remove(stopper);
        }
    }

    /** The same source; its dumps end when the process is asked to end. */
    public DumpSource stopping(DumpSource source) {
        return (database, settings) -> {
            StoppableDump dump =
                    new StoppableDump(source.prepare(database, settings), running::remove, UnaryOperator.identity());
            running.add(dump);
            if (requested) {
                dump.close();
                throw stopped("nothing was published", null);
            }
            return dump;
        };
    }

    private static AutoDumpException stopped(String consequence, @Nullable Throwable cause) {
        return new AutoDumpException(
                ErrorCode.INTERRUPTED, "stopped by a signal; " + consequence, "run the same command again", cause);
    }
}
