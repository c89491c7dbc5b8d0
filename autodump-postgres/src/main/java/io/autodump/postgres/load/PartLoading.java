package io.autodump.postgres.load;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.Uninterrupted;
import io.autodump.core.restore.StoredParts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Restores the rows of parts in several sessions, straight from the store. Used once, by one thread. */
public final class PartLoading implements AutoCloseable {
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
     */
    record Source(Sessions sessions, StoredParts stored, Optional<String> encoding, LoadListener listener) {}

    private final Source source;
    private final Deque<DumpPart> waiting = new ArrayDeque<>();
    private final Multiset<String> unfinished = HashMultiset.create();
    private final List<PartLoader> loaders = new ArrayList<>();
    private @Nullable RuntimeException failure;

    /**
     * Prepares to restore.
     *
     * @param encoding in which the rows are; empty for that of the target
     * @param listener is told of the tables
     */
    public PartLoading(Sessions sessions, StoredParts stored, Optional<String> encoding, LoadListener listener) {
        this.source = new Source(sessions, stored, encoding, listener);
    }

    /**
     * Restores the rows, the largest parts first. Stops at the first failure.
     *
     * @param jobs the number of sessions
     * @throws AutoDumpException {@code RESTORE_FAILED}, {@code RESTORE_DIFFERS}, {@code DUMP_CORRUPT}, {@code
     *     STORE_FAILED}; the message doesn't say what happened to the target
     */
    public void run(List<DumpPart> parts, int jobs) throws InterruptedException {
        synchronized (this) {
            parts.stream()
                    .sorted(Comparator.comparingLong(DumpPart::storedBytes).reversed())
                    .forEach(waiting::add);
            parts.forEach(part -> part.table().ifPresent(unfinished::add));
            for (int i = 0; i < Math.min(jobs, parts.size()); i++) {
                loaders.add(new PartLoader(source, this::next, this::loaded, this::fail));
            }
        }
        loaders.forEach(PartLoader::start);
        for (PartLoader loader : loaders) {
            loader.join();
        }
        requireNone();
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

    static AutoDumpException refused(DumpPart part, Exception cause) {
        return new AutoDumpException(
                ErrorCode.RESTORE_FAILED,
                "the rows of " + part.table().orElse("a table") + " in " + part.name() + " couldn't be restored: "
                        + cause.getMessage(),
                "look at the target server's log, then restore again",
                cause);
    }
}
