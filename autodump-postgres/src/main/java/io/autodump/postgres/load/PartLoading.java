package io.autodump.postgres.load;

import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.Uninterrupted;
import io.autodump.core.restore.StoredParts;
import io.autodump.postgres.connection.ServerReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final List<PartLoader> loaders = new ArrayList<>();
    private @Nullable PartQueue queue;
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
     * Restores the rows, the largest parts first. Rows that the server refuses are tried again when others are
     * there, as long as that helps. Stops at any other failure.
     *
     * @param jobs the number of sessions
     * @param rest restores the rows that no part holds, in one of the sessions; an interrupt must end it. If it throws
     *     {@link RefusedRowsException}, it is called again, and goes on where it was refused. What else it throws is a
     *     failure too
     * @throws AutoDumpException {@code RESTORE_FAILED}, {@code RESTORE_DIFFERS}, {@code DUMP_CORRUPT}, {@code
     *     STORE_FAILED}; the message doesn't say what happened to the target
     */
    public void run(List<DumpPart> parts, int jobs, Runnable rest) throws InterruptedException {
        PartQueue turns = new PartQueue(parts);
        synchronized (this) {
            queue = turns;
            while (loaders.size() < Math.min(jobs, parts.size() + 1)) {
                loaders.add(new PartLoader(source, rest, turns, this::fail));
            }
        }
        loaders.forEach(PartLoader::start);
        for (PartLoader loader : loaders) {
            loader.join();
        }
        requireNone();
        Optional<AutoDumpException> refusal = turns.refusal();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    private synchronized void requireNone() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends all sessions, and waits for their threads. */
    @Override
    public void close() {
        endTurns();
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

    private synchronized void endTurns() {
        if (queue != null) {
            queue.end();
        }
    }

    private void fail(RuntimeException cause) {
        synchronized (this) {
            endTurns();
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
                notRestored(part, "the target server took and said nothing for " + limit),
                "look for locks and a lost network connection (pg_stat_activity), then restore again",
                cause);
    }

    static AutoDumpException refused(DumpPart part, Exception cause) {
        String reason = ServerReason.of(cause);
        return new AutoDumpException(
                ErrorCode.RESTORE_FAILED,
                notRestored(part, reason),
                SourceFault.hint(reason).orElse("look at the target server's log, then restore again"),
                cause);
    }

    static String notRestored(DumpPart part, String reason) {
        return "the rows of " + part.table().orElse("a table") + " in " + part.name() + " couldn't be restored: "
                + reason;
    }
}
