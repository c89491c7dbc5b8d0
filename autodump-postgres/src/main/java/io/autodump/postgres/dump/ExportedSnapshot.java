package io.autodump.postgres.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.LostSession;
import io.autodump.postgres.connection.OwnSession;
import io.autodump.postgres.connection.ServerReason;
import io.autodump.postgres.dump.PgDumpRun.PreparedFacts;
import io.autodump.postgres.part.LargeTable;
import io.autodump.postgres.part.ParallelPlan;
import io.autodump.postgres.part.SnapshotSessions;
import io.autodump.postgres.part.TableLockedException;
import io.autodump.postgres.part.TablePart;
import io.autodump.postgres.part.TableVanishedException;
import io.autodump.postgres.server.DumpScope;
import io.autodump.postgres.server.TableRowCounts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A snapshot for {@code pg_dump} and the sessions that read parts beside it. The rows of every table can also be
 * counted in it, so that a later restore can be compared. The counting runs in parallel with the dump.
 */
final class ExportedSnapshot implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DatabaseConnection.LOG_NAME);

    private final Connection connection;
    private final String id;
    private final DumpScope scope;
    private final List<LargeTable> tables;
    private final List<TablePart> parts;
    private final Map<String, Long> files;
    private final SnapshotSessions readers;
    private final CompletableFuture<List<TableRows>> counts = new CompletableFuture<>();
    private volatile boolean counting;

    private ExportedSnapshot(
            Connection connection,
            String id,
            DumpScope scope,
            List<LargeTable> tables,
            List<TablePart> parts,
            Map<String, Long> files,
            SnapshotSessions readers) {
        this.connection = connection;
        this.id = id;
        this.scope = scope;
        this.tables = tables;
        this.parts = parts;
        this.files = files;
        this.readers = readers;
        readers.use(id, this::lastWords);
    }

    /** Takes a snapshot for {@code pg_dump} alone. */
    static ExportedSnapshot alone(PreparedFacts facts) {
        Connection connection = DatabaseConnection.openForLongQueries(facts.database(), facts.applicationName());
        try {
            OwnSession.prepare(connection);
            begin(connection);
            DumpScope scope = new DumpScope(facts.settings());
            return new ExportedSnapshot(
                    connection, export(connection), scope, List.of(), List.of(), Map.of(), readers(facts));
        } catch (SQLException failed) {
            closeQuietly(connection);
            throw failure(failed);
        }
    }

    /**
     * Takes a snapshot for sessions that read large tables in parts, too.
     *
     * @throws VanishedObjectException if a table was dropped meanwhile
     * @throws LockQueueException if another session got between the locks of the dump
     */
    static ExportedSnapshot withParts(PreparedFacts facts) {
        SnapshotSessions readers = readers(facts);
        Connection connection = DatabaseConnection.openForLongQueries(facts.database(), facts.applicationName());
        boolean taken = false;
        try {
            ExportedSnapshot snapshot = withParts(connection, facts, readers);
            taken = true;
            return snapshot;
        } catch (TableVanishedException dropped) {
            throw PgDumpFailure.vanished(dropped, facts.database());
        } catch (TableLockedException queued) {
            throw PgDumpFailure.queued(queued, facts.database());
        } catch (SQLException failed) {
            throw PgDumpFailure.noParts(failed, facts.database());
        } finally {
            if (!taken) {
                readers.close();
                closeQuietly(connection);
            }
        }
    }

    private static SnapshotSessions readers(PreparedFacts facts) {
        return new SnapshotSessions(
                facts.database(),
                facts.applicationName(),
                facts.limits().lockWaitTimeout(),
                facts.limits().stallTimeout());
    }

    /** The tables are locked before the snapshot is taken: it doesn't hide a TRUNCATE in between. */
    private static ExportedSnapshot withParts(Connection connection, PreparedFacts facts, SnapshotSessions readers)
            throws SQLException {
        ParallelPlan plan = facts.parallel();
        OwnSession.prepare(connection);
        List<LargeTable> tables =
                plan.tables(connection, facts.settings(), facts.limits().lockWaitTimeout());
        readers.open(plan.readers(tables));
        begin(connection);
        ParallelPlan.lock(connection, tables);
        readers.lock(tables);
        waitForLocks(connection);
        String id = export(connection);
        DumpScope scope = new DumpScope(facts.settings());
        Map<String, Long> files = scope.tableFiles(connection);
        return new ExportedSnapshot(connection, id, scope, tables, plan.cut(connection, tables), files, readers);
    }

    /** Returns the argument of {@code pg_dump --snapshot}. Valid until this object is closed. */
    String id() {
        return id;
    }

    /** The tables whose rows {@code pg_dump} leaves out. */
    List<LargeTable> tables() {
        return tables;
    }

    /** The rows of these tables, in the order in which they are to be read. */
    List<TablePart> parts() {
        return parts;
    }

    /**
     * Requires that no other table was truncated before {@code pg_dump} had locked it: no snapshot hides that, so its
     * rows would be missing. Called when {@code pg_dump} has its locks.
     *
     * @throws LockQueueException if one was truncated or rewritten
     */
    void requireSameFiles(DatabaseSecret database) {
        try (Connection other = DatabaseConnection.open(database)) {
            OwnSession.prepare(other);
            Map<String, Long> now = scope.tableFiles(other);
            for (Map.Entry<String, Long> file : files.entrySet()) {
                if (!now.getOrDefault(file.getKey(), file.getValue()).equals(file.getValue())) {
                    throw PgDumpFailure.rewritten(file.getKey());
                }
            }
        } catch (SQLException failed) {
            throw PgDumpFailure.noParts(failed, database);
        } catch (AutoDumpException full) {
            if (full.code() != ErrorCode.CONNECTION_FAILED) {
                throw full;
            }
            LOG.log(Level.INFO, "no session looks for truncated tables: {0}", full.description());
        }
    }

    /** The sessions that read them. */
    SnapshotSessions readers() {
        return readers;
    }

    /**
     * Starts counting. Later calls do nothing. This is safe only after {@code pg_dump} has written something: it then
     * holds its locks, so there can be no TRUNCATE in between, which no snapshot hides.
     */
    void startCounting() {
        if (!counting) {
            counting = true;
            Thread thread = new Thread(this::count, "autodump-row-counts");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Waits for the counts. Fails if another thread calls {@link #close}. */
    List<TableRows> counts() {
        startCounting();
        try {
            return counts.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw PgDumpFailure.stopped(0);
        } catch (ExecutionException failed) {
            throw failure(Optional.ofNullable(failed.getCause()).orElse(failed));
        }
    }

    /** Ends the transaction, and a count that still runs. Any thread may call it, and more than once. */
    @Override
    public void close() {
        readers.close();
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            // There is nothing to end then.
        }
    }

    /** The session has no limits: it is idle until the first byte, and then counts for as long as it takes. */
    private static void begin(Connection connection) throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
    }

    /** Without a limit: the rows are counted when {@code pg_dump} has all its locks. */
    private static void waitForLocks(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = 0");
        }
    }

    private static String export(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
            row.next();
            return row.getString(1);
        }
    }

    /** What the server said when it ended this session. It isn't asked while it counts, which would wait for that. */
    private Optional<String> lastWords() {
        return counting
                ? counts.handle((all, failed) -> LostSession.lastWords(failed)).getNow(Optional.empty())
                : LostSession.lastWords(connection);
    }

    private void count() {
        try {
            counts.complete(TableRowCounts.count(connection, scope.relationsWithRows(connection)));
        } catch (SQLException | RuntimeException failed) {
            counts.completeExceptionally(failed);
        }
    }

    private static AutoDumpException failure(Throwable cause) {
        return new AutoDumpException(
                PgDumpFailure.code(String.valueOf(cause.getMessage())),
                "the rows couldn't be counted in the dump's snapshot: " + ServerReason.of(cause)
                        + "; nothing was published",
                "run the dump again, or set autodump:verify to archive, which counts no rows",
                cause);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // The first failure is the one to report.
        }
    }
}
