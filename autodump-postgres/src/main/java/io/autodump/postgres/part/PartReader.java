package io.autodump.postgres.part;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.process.Watchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts in one session, one after the other. If the session or the store fails, the part is tried again in
 * another session, as long as the snapshot lives. Any thread may call {@link #close}.
 */
final class PartReader implements Runnable, AutoCloseable {
    /** The pauses before a part is tried again. */
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3));

    private final SnapshotSessions sessions;
    private final PartDestination destination;
    private final PartListener listener;
    private final Supplier<Optional<TablePart>> queue;
    private final Consumer<RuntimeException> failure;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Watchdog watchdog;
    private final Thread thread = new Thread(this, "autodump-part-reader");
    private @Nullable Connection connection;

    /**
     * Prepares to read.
     *
     * @param queue gives the next part
     * @param failure takes the failure of a part for good
     */
    PartReader(
            SnapshotSessions sessions,
            PartDestination destination,
            PartListener listener,
            Supplier<Optional<TablePart>> queue,
            Consumer<RuntimeException> failure) {
        this.sessions = sessions;
        this.destination = destination;
        this.listener = listener;
        this.queue = queue;
        this.failure = failure;
        this.watchdog = new Watchdog(sessions.stallTimeout(), Optional.empty(), this::close);
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

    /** Whether the calling thread is this reader's. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        try {
            for (Optional<TablePart> part = queue.get(); part.isPresent(); part = queue.get()) {
                read(part.get());
            }
        } catch (RuntimeException failed) {
            failure.accept(explained(failed));
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
        closed.countDown();
        abort();
        thread.interrupt();
    }

    private void read(TablePart part) {
        Optional<RuntimeException> first = Optional.empty();
        for (Duration pause : PAUSES) {
            try {
                attempt(part);
                return;
            } catch (RuntimeException failed) {
                watchdog.busyElsewhere();
                disconnect();
                if (isClosed() || !mayPass(failed)) {
                    throw cause(first, failed);
                }
                first = first.or(() -> Optional.of(failed));
                pause(pause);
            }
        }
        try {
            attempt(part);
        } catch (RuntimeException failed) {
            throw cause(first, failed);
        }
    }

    /**
     * A snapshot that is gone is the consequence of what ended the session before. So is a server that can't be reached
     * any more.
     */
    private static RuntimeException cause(Optional<RuntimeException> first, RuntimeException failed) {
        boolean withoutSnapshot = failed instanceof PartFailedException part && part.isWithoutSnapshot();
        boolean unreachable = failed instanceof AutoDumpException known
                && known.code() == ErrorCode.CONNECTION_FAILED
                && first.filter(PartReader::isLost).isPresent();
        return withoutSnapshot || unreachable ? first.orElse(failed) : failed;
    }

    private static boolean isLost(RuntimeException failed) {
        return failed instanceof PartFailedException part && part.isLost();
    }

    /**
     * A lost session that copied rows doesn't tell what the server said. Most often it said the same to another: to the
     * one that holds the snapshot, above all if that is gone.
     */
    private RuntimeException explained(RuntimeException failed) {
        if (failed instanceof PartFailedException part && (part.isLost() || part.isWithoutSnapshot()) && !isClosed()) {
            return sessions.lastWords().<RuntimeException>map(part::with).orElse(part);
        }
        return failed;
    }

    private void attempt(TablePart part) {
        try {
            RowsOut rows = new RowsOut(session(part), part, watchdog, listener::read);
            listener.begins(part);
            destination.take(part, rows);
        } catch (IOException unwritten) {
            throw new UncheckedIOException(unwritten);
        } catch (OutOfMemoryError tooLarge) {
            throw PartFailedException.tooLarge(part, tooLarge);
        } catch (RuntimeException failed) {
            if (watchdog.verdict().isPresent()) {
                throw PartFailedException.stalled(part, failed);
            }
            throw failed;
        }
    }

    /** The one that is open, or a new one. */
    private Connection session(TablePart part) {
        synchronized (this) {
            if (connection != null) {
                return connection;
            }
        }
        try {
            Connection opened = open();
            synchronized (this) {
                connection = opened;
            }
            if (isClosed()) {
                abort();
            }
            return opened;
        } catch (SQLException refused) {
            throw PartFailedException.refused(part, refused);
        }
    }

    /** A server that takes the connection and then says nothing stalls the part as one that sends no rows. */
    private Connection open() throws SQLException {
        watchdog.waitingForSource();
        try {
            return sessions.next();
        } finally {
            watchdog.busyElsewhere();
        }
    }

    /** What may be over a moment later: a lost connection, a conflict on a replica, a store that doesn't answer. */
    private static boolean mayPass(RuntimeException failure) {
        if (failure.getCause() instanceof SQLException sql) {
            String state = Optional.ofNullable(sql.getSQLState()).orElse("");
            return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53") || state.equals("40001");
        }
        return failure instanceof AutoDumpException known
                && (known.code() == ErrorCode.STORE_FAILED || known.code() == ErrorCode.CONNECTION_FAILED);
    }

    private void pause(Duration pause) {
        try {
            closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void abort() {
        Connection open;
        synchronized (this) {
            open = connection;
        }
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                // There is nothing to end then.
            }
        }
    }

    private void disconnect() {
        Connection open;
        synchronized (this) {
            open = connection;
            connection = null;
        }
        if (open != null) {
            try {
                open.close();
            } catch (SQLException alreadyGone) {
                // Nothing was open then.
            }
        }
    }
}
