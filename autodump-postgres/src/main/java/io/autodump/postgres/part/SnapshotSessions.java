package io.autodump.postgres.part;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.connection.DatabaseConnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that read on one snapshot. Those that {@link #open} has opened lock the tables before the snapshot is taken.
 * A session that comes later can find another one before it in the queue, such as a {@code TRUNCATE}, which waits for
 * the locks of the dump: both would wait for each other. Any thread may call any method.
 */
public final class SnapshotSessions implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DatabaseConnection.LOG_NAME);

    /** A lock for each table and session has its place in the server's memory. */
    private static final int MOST_LOCKED = 100;

    private final DatabaseSecret database;
    private final String applicationName;
    private final Duration lockWait;
    private final Duration stallTimeout;
    private final Deque<Connection> ready = new ArrayDeque<>();
    private @Nullable String snapshot;
    private Supplier<Optional<String>> lastWords = Optional::empty;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param lockWait how long a session waits for a lock on a table
     * @param stallTimeout how long a session may wait for a row
     */
    public SnapshotSessions(DatabaseSecret database, String applicationName, Duration lockWait, Duration stallTimeout) {
        this.database = database;
        this.applicationName = applicationName;
        this.lockWait = lockWait;
        this.stallTimeout = stallTimeout;
    }

    Duration stallTimeout() {
        return stallTimeout;
    }

    /** Opens sessions. There are fewer if the server has no more to give: one is left for {@code pg_dump} then. */
    public void open(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            try {
                keep(CopySession.open(database, applicationName, lockWait));
            } catch (AutoDumpException refused) {
                if (refused.code() != ErrorCode.CONNECTION_FAILED) {
                    throw refused;
                }
                LOG.log(Level.INFO, "fewer sessions read: {0}", refused.description());
                leaveOne();
                return;
            }
        }
    }

    private void leaveOne() throws SQLException {
        Connection last = poll();
        if (last != null) {
            last.close();
        }
    }

    private synchronized void keep(Connection session) throws SQLException {
        if (closed) {
            session.close();
        } else {
            ready.add(session);
        }
    }

    /**
     * Locks the tables in the sessions that are ready, without waiting.
     *
     * @throws TableLockedException if another session holds, or waits for, a lock that excludes this one
     */
    public void lock(List<LargeTable> tables) throws SQLException {
        for (Connection session : tables.size() > MOST_LOCKED ? List.<Connection>of() : sessions()) {
            ParallelPlan.lockAtOnce(session, tables);
        }
    }

    /**
     * Opens one more session and locks the tables in it.
     *
     * @return whether it could be opened and locked at once
     */
    public boolean openOneMore(List<LargeTable> tables) {
        try {
            Connection session = CopySession.open(database, applicationName, lockWait);
            try {
                ParallelPlan.lockAtOnce(session, tables);
                keep(session);
                return true;
            } catch (SQLException | RuntimeException busy) {
                session.close();
                return false;
            }
        } catch (SQLException | AutoDumpException refused) {
            return false;
        }
    }

    /**
     * Sets the name of the snapshot. Another session holds it.
     *
     * @param holderLastWords what the server said when it ended that session; nothing if it lives
     */
    public synchronized void use(String name, Supplier<Optional<String>> holderLastWords) {
        snapshot = name;
        lastWords = holderLastWords;
    }

    /** What the server said when it ended the session that holds the snapshot. */
    Optional<String> lastWords() {
        Supplier<Optional<String>> asked;
        synchronized (this) {
            asked = lastWords;
        }
        return asked.get();
    }

    /** How many sessions are open and not in use. */
    public synchronized int ready() {
        return ready.size();
    }

    /** Returns a session on the snapshot: one that is ready, or a new one. The caller closes it. */
    Connection next() throws SQLException {
        Connection waiting = poll();
        Connection session = waiting == null ? CopySession.open(database, applicationName, lockWait) : waiting;
        try {
            CopySession.use(session, snapshot());
            return session;
        } catch (SQLException | RuntimeException failed) {
            session.close();
            throw failed;
        }
    }

    private synchronized @Nullable Connection poll() {
        return ready.poll();
    }

    private synchronized List<Connection> sessions() {
        return List.copyOf(ready);
    }

    private synchronized String snapshot() {
        if (snapshot == null) {
            throw new IllegalStateException("there is no snapshot yet");
        }
        return snapshot;
    }

    /** Ends the sessions that are ready, without waiting. Those in use belong to their readers. */
    @Override
    public void close() {
        List<Connection> unused;
        synchronized (this) {
            closed = true;
            unused = sessions();
            ready.clear();
        }
        unused.forEach(SnapshotSessions::abort);
    }

    private static void abort(Connection session) {
        try {
            session.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            // There is nothing to end then.
        }
    }
}
