package io.autodump.postgres.dump;

import io.autodump.core.error.AutoDumpException;
import io.autodump.process.Watchdog;
import io.autodump.process.WorkingThread;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The time that a dump may take: its tries, and the look at the server before the first. Thread-safe. */
final class DumpTime {
    /** A dump whose time is over fails in its next wait. */
    private static final Duration LEAST = Duration.ofMillis(1);

    private final Optional<Duration> limit;
    private final long began = System.nanoTime();

    /** Begins now. */
    DumpTime(Optional<Duration> limit) {
        this.limit = limit;
    }

    /** Returns what is left, at least a millisecond; empty if there is no limit. */
    Optional<Duration> left() {
        Duration spent = Duration.ofNanos(System.nanoTime() - began);
        return limit.map(whole -> whole.minus(spent)).map(left -> left.compareTo(LEAST) > 0 ? left : LEAST);
    }

    /**
     * Does what comes before the dump, in the calling thread, and ends its waits when the time is over.
     *
     * @throws AutoDumpException {@code DUMP_TIMED_OUT} if it is over
     */
    <T> T prepare(Supplier<T> work) {
        if (limit.isEmpty()) {
            return work.get();
        }
        WorkingThread worker = new WorkingThread();
        worker.begin();
        Watchdog watchdog = new Watchdog(limit.get(), left(), worker::interrupt);
        try {
            return work.get();
        } catch (RuntimeException failed) {
            throw watchdog.verdict().isPresent() ? PgDumpFailure.timedOutBefore(limit.get()) : failed;
        } finally {
            watchdog.close();
            worker.end();
        }
    }
}
