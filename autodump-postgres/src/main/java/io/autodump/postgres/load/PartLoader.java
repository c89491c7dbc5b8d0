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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Restores parts in one session, one after the other, each in a transaction. May begin with other work. Any thread may
 * call {@link #close}.
 */
final class PartLoader implements Runnable, AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    private final PartLoading.Source source;
    private final Runnable first;
    private final CountDownLatch restThere;
    private final Supplier<Optional<DumpPart>> queue;
    private final Consumer<DumpPart> loaded;
    private final Consumer<RuntimeException> failure;
    private final Watchdog watchdog;
    private final Thread thread = new Thread(this, "autodump-part-loader");
    private @Nullable Connection connection;
    private volatile boolean closed;

    /**
     * Prepares to restore.
     *
     * @param first is done before the first part; an interrupt must end it
     * @param restThere is open when the rows that no part holds are there
     * @param queue gives the next part
     * @param loaded takes each part whose rows are in the database
     * @param failure takes the failure of a part
     */
    PartLoader(
            PartLoading.Source source,
            Runnable first,
            CountDownLatch restThere,
            Supplier<Optional<DumpPart>> queue,
            Consumer<DumpPart> loaded,
            Consumer<RuntimeException> failure) {
        this.source = source;
        this.first = first;
        this.restThere = restThere;
        this.queue = queue;
        this.loaded = loaded;
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
            first.run();
            for (Optional<DumpPart> part = queue.get(); part.isPresent() && !closed; part = queue.get()) {
                load(part.get());
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
        closed = true;
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

    /** A check constraint may look for rows of another table. Tries again when those that no part holds are there. */
    private void load(DumpPart part) throws InterruptedException {
        boolean early = restThere.getCount() > 0;
        try {
            loadNow(part);
        } catch (AutoDumpException failed) {
            if (!early || !(failed.getCause() instanceof SQLException cause) || !isAboutRows(cause)) {
                throw failed;
            }
            restThere.await();
            loadNow(part);
        }
    }

    /** Whether a constraint or a function refused a row. */
    private static boolean isAboutRows(SQLException refused) {
        String state = String.valueOf(refused.getSQLState());
        return state.startsWith("23") || state.startsWith("P0");
    }

    private void loadNow(DumpPart part) {
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
            watchdog.busyElsewhere();
            loaded.accept(part);
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
            watchdog.waitingForSource();
            CopyIn copy = session.unwrap(PGConnection.class).getCopyAPI().copyIn(command(part));
            byte[] buffer = new byte[BUFFER];
            for (int read = read(rows, buffer); read >= 0; read = read(rows, buffer)) {
                copy.writeToCopy(buffer, 0, read);
            }
            requireEnd(bytes);
            return copy.endCopy();
        } catch (IOException unreadable) {
            throw bytes.explain(unreadable);
        }
    }

    /** A store may be slow. */
    private int read(InputStream rows, byte[] buffer) throws IOException {
        watchdog.busyElsewhere();
        int read = rows.read(buffer);
        watchdog.waitingForSource();
        return read;
    }

    private AutoDumpException refused(DumpPart part, Exception cause) {
        return watchdog.verdict().isPresent()
                ? PartLoading.silent(part, source.longestSilence(), cause)
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
        return new AutoDumpException(
                ErrorCode.RESTORE_DIFFERS,
                "the manifest has " + part.rows() + " rows of " + part.table().orElse("a table") + " in " + part.name()
                        + ", and " + rows + " were restored",
                Hints.VERIFY_DUMP + "; look for triggers of the target that leave out rows");
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
