package io.autodump.postgres.load;

import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.part.CopySession;
import io.autodump.process.Watchdog;
import io.autodump.process.stream.OuterCompression;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Restores parts in one session, one after the other, each in a transaction, or the rows that no part holds. Any thread
 * may call {@link #close}.
 */
final class PartLoader implements Runnable, AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final PartLoading.Source source;
    private final Runnable rest;
    private final PartQueue queue;
    private final Consumer<RuntimeException> failure;
    private final Watchdog watchdog;
    private final Thread thread = new Thread(this, "autodump-part-loader");
    private @Nullable Connection connection;

    /**
     * Prepares to restore.
     *
     * @param rest restores the rows that no part holds; an interrupt must end it
     * @param queue gives the turns
     * @param failure takes the failure that ends the restore
     */
    PartLoader(PartLoading.Source source, Runnable rest, PartQueue queue, Consumer<RuntimeException> failure) {
        this.source = source;
        this.rest = rest;
        this.queue = queue;
        this.failure = failure;
        this.watchdog = new Watchdog(source.longestSilence(), Optional.empty(), this::close);
        watchdog.busyElsewhere();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits until it has ended. */
    void join() throws InterruptedException {
        thread.join();
    }

    @Override
    public void run() {
        try {
            for (Optional<PartQueue.Turn> turn = queue.next(); turn.isPresent(); turn = queue.next()) {
                take(turn.get());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            failure.accept(failed);
        } catch (Error fault) {
            failure.accept(new IllegalStateException(fault));
        } finally {
            watchdog.close();
            disconnect();
        }
    }

    /** Ends the session and the wait for a store. */
    @Override
    public void close() {
        Connection open = current();
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                // There is nothing to end then.
            }
        }
        if (Thread.currentThread() != thread) {
            thread.interrupt();
        }
    }

    private void take(PartQueue.Turn turn) {
        try {
            turn.part().ifPresentOrElse(this::load, rest);
        } catch (RefusedRowsException refused) {
            rollBack(refused);
            queue.refused(turn, refused);
            return;
        } finally {
            watchdog.busyElsewhere();
        }
        if (queue.loaded(turn)) {
            source.listener().loaded(turn.table());
        }
    }

    /** Otherwise the session would hold the locks of its rows while it waits. */
    private void rollBack(RefusedRowsException refused) {
        Connection open = current();
        if (open == null) {
            return;
        }
        try {
            watchdog.waitingForSource();
            open.rollback();
        } catch (SQLException lost) {
            refused.addSuppressed(lost);
            throw refused;
        }
    }

    private void load(DumpPart part) {
        source.listener().begins(part.table().orElse(part.name()));
        try {
            watchdog.waitingForSource();
            Connection session = session();
            session.rollback();
            long rows = copy(session, part);
            if (rows != part.rows()) {
                throw otherRows(part, rows);
            }
            session.commit();
        } catch (SQLException refused) {
            throw refused(part, refused);
        } catch (AutoDumpException failed) {
            throw failed;
        } catch (RuntimeException | AssertionError garbled) {
            throw refused(part, CopySession.garbled(garbled));
        } catch (OutOfMemoryError tooLarge) {
            throw PartLoading.refused(part, new SQLException("out of memory in this process", tooLarge));
        }
    }

    /** The store's stream compares the checksum before it ends, and so before the server is told of the end. */
    private long copy(Connection session, DumpPart part) throws SQLException {
        watchdog.busyElsewhere();
        InputStream stored = source.stored().open(part.name());
        StoredBytes bytes = new StoredBytes(stored, DumpProgress.SILENT);
        try (stored;
                InputStream rows = OuterCompression.undo(part.compression(), bytes)) {
            return copy(session, part, rows, bytes);
        } catch (IOException unreadable) {
            throw bytes.explain(unreadable);
        }
    }

    /** If rows are refused, reads on to the end: damaged bytes would be the reason. */
    private long copy(Connection session, DumpPart part, InputStream rows, StoredBytes bytes)
            throws SQLException, IOException {
        try {
            watchdog.waitingForSource();
            CopyIn copy = session.unwrap(PGConnection.class).getCopyAPI().copyIn(command(part));
            byte[] buffer = new byte[BUFFER];
            for (int read = read(rows, buffer); read >= 0; read = read(rows, buffer)) {
                copy.writeToCopy(buffer, 0, read);
            }
            requireEnd(bytes);
            return copy.endCopy();
        } catch (SQLException refused) {
            if (RefusedRowsException.isOfRows(refused)) {
                watchdog.busyElsewhere();
                bytes.transferTo(OutputStream.nullOutputStream());
            }
            throw refused;
        }
    }

    /** A store may be slow. */
    private int read(InputStream rows, byte[] buffer) throws IOException {
        watchdog.busyElsewhere();
        int read = rows.read(buffer);
        watchdog.waitingForSource();
        return read;
    }

    private AutoDumpException refused(DumpPart part, SQLException cause) {
        if (watchdog.verdict().isPresent()) {
            return PartLoading.silent(part, source.longestSilence(), cause);
        }
        return RefusedRowsException.isOfRows(cause)
                ? RefusedRowsException.of(part, cause)
                : PartLoading.refused(part, cause);
    }

    /** A decompressor may stop before the end of the file. */
    private static void requireEnd(StoredBytes bytes) throws IOException {
        if (bytes.read() >= 0) {
            throw StoredBytes.corrupt("there are bytes behind the end of the rows", null);
        }
    }

    private static String command(DumpPart part) {
        return "COPY " + part.table().orElseThrow() + " (" + String.join(", ", part.columns()) + ") FROM STDIN";
    }

    private static AutoDumpException otherRows(DumpPart part, long rows) {
        AutoDumpException differs = new AutoDumpException(
                ErrorCode.RESTORE_DIFFERS,
                "the manifest has " + part.rows() + " rows of " + part.table().orElse("a table") + " in " + part.name()
                        + ", and " + rows + " were restored",
                Hints.VERIFY_DUMP + "; look for triggers of the target that leave out rows");
        return rows < part.rows() ? RefusedRowsException.ofNumber(part, differs) : differs;
    }

    private Connection session() throws SQLException {
        Connection open = current();
        if (open != null) {
            return open;
        }
        Connection opened = source.sessions().open();
        synchronized (this) {
            connection = opened;
        }
        CopySession.prepareForWriting(opened, source.encoding());
        opened.setAutoCommit(false);
        return opened;
    }

    private synchronized @Nullable Connection current() {
        return connection;
    }

    private void disconnect() {
        Connection open = current();
        if (open != null) {
            try {
                open.close();
            } catch (SQLException alreadyGone) {
                // Nothing was open then.
            }
        }
    }
}
