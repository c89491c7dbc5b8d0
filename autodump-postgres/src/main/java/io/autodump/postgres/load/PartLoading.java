package io.autodump.postgres.load;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.Uninterrupted;
import io.autodump.core.restore.StoredParts;
import io.autodump.postgres.connection.ServerReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Restores the rows of parts in several sessions, straight from the store. Used once, by one thread. */
public final class PartLoading implements AutoCloseable {
    /**
     * How long the server may take no rows and say nothing. A part is small, but a lock of another session or a trigger
     * may hold it up. Without the limit, a broken connection could hold a restore for ever.
     */
    private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

    /** Opens sessions that write. */
    @FunctionalInterface
    public interface Sessions {
        /** Opens a session in which the role to act as is set. */
        Connection open() throws SQLException;
    }

    /**
     * What all loaders share.
     *
     * @param encoding in which the rows are; empty for that of the target
     * @param listener is told of the tables
     * @param longestSilence how long the server may take no rows and say nothing
     */
    record Source(
            Sessions sessions,
            StoredParts stored,
            Optional<String> encoding,
            LoadListener listener,
            Duration longestSilence) {}

    private final Source source;
    private final Deque<DumpPart> waiting = new ArrayDeque<>();
    private final Multiset<String> unfinished = HashMultiset.create();
    private final List<PartLoader> loaders = new ArrayList<>();
    private final CountDownLatch restThere = new CountDownLatch(1);
    private @Nullable RuntimeException failure;

    /**
     * Prepares to restore.
     *
     * @param encoding in which the rows are; empty for that of the target
     * @param listener is told of the tables
     */
    public PartLoading(Sessions sessions, StoredParts stored, Optional<String> encoding, LoadListener listener) {
        this(new Source(sessions, stored, encoding, listener, LONGEST_SILENCE));
    }

    PartLoading(Source source) {
        this.source = source;
    }

    /**
     * Restores the rows, the largest parts first. Stops at the first failure.
     *
     * @param jobs the number of sessions
     * @param rest what one of the sessions restores before it takes parts; an interrupt must end it. What it throws is
     *     a failure too
     * @throws AutoDumpException {@code RESTORE_FAILED}, {@code RESTORE_DIFFERS}, {@code DUMP_CORRUPT}, {@code
     *     STORE_FAILED}; the message doesn't say what happened to the target
     */
    public void run(List<DumpPart> parts, int jobs, Runnable rest) throws InterruptedException {
        synchronized (this) {
            parts.stream()
                    .sorted(Comparator.comparingLong(DumpPart::storedBytes).reversed())
                    .forEach(waiting::add);
            parts.forEach(part -> part.table().ifPresent(unfinished::add));
            loaders.add(loader(() -> {
                rest.run();
                restThere.countDown();
            }));
            while (loaders.size() < Math.min(jobs, parts.size() + 1)) {
                loaders.add(loader(() -> {}));
            }
        }
        loaders.forEach(PartLoader::start);
        for (PartLoader loader : loaders) {
            loader.join();
        }
        requireNone();
    }

    private PartLoader loader(Runnable first) {
        return new PartLoader(source, first, restThere, this::next, this::loaded, this::fail);
    }

    private synchronized void requireNone() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends all sessions, and waits for their threads. */
    @Override
    public void close() {
        loaders.forEach(PartLoader::close);
        Uninterrupted.run(() -> {
            try {
                for (PartLoader loader : loaders) {
                    loader.join();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized Optional<DumpPart> next() {
        return Optional.ofNullable(waiting.poll());
    }

    private void loaded(DumpPart part) {
        part.table().filter(this::isComplete).ifPresent(source.listener()::loaded);
    }

    /** Whether the part that is loaded now was the last one of its table. */
    private synchronized boolean isComplete(String table) {
        return unfinished.remove(table, 1) == 1;
    }

    private void fail(RuntimeException cause) {
        synchronized (this) {
            waiting.clear();
            if (failure != null) {
                return;
            }
            failure = cause;
        }
        loaders.forEach(PartLoader::close);
    }

    static AutoDumpException silent(DumpPart part, Duration limit, Exception cause) {
        return new AutoDumpException(
                ErrorCode.RESTORE_FAILED,
                "the rows of " + part.table().orElse("a table") + " in " + part.name()
                        + " couldn't be restored: the target server took and said nothing for " + limit,
                "look for locks and a lost network connection (pg_stat_activity), then restore again",
                cause);
    }

    static AutoDumpException refused(DumpPart part, Exception cause) {
        return new AutoDumpException(
                ErrorCode.RESTORE_FAILED,
                "the rows of " + part.table().orElse("a table") + " in " + part.name() + " couldn't be restored: "
                        + ServerReason.of(cause),
                "look at the target server's log, then restore again",
                cause);
    }
}
