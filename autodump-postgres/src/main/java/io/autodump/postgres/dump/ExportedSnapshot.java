package io.autodump.postgres.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.server.DumpScope;
import io.autodump.postgres.server.TableRowCounts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A snapshot for {@code pg_dump}, in which the rows of every table are also counted, so that a later restore can be
 * compared. The counting runs in parallel with the dump.
 */
final class ExportedSnapshot implements AutoCloseable {
    /** The transaction is idle until the first byte, and then counts for as long as it takes. */
    private static final String NO_TIMEOUTS = """
            SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings
             WHERE name IN ('statement_timeout', 'lock_timeout', 'transaction_timeout',
                            'idle_in_transaction_session_timeout')""";

    private final Connection connection;
    private final String id;
    private final DumpScope scope;
    private final CompletableFuture<List<TableRows>> counts = new CompletableFuture<>();
    private boolean counting;

    private ExportedSnapshot(Connection connection, String id, DumpScope scope) {
        this.connection = connection;
        this.id = id;
        this.scope = scope;
    }

    static ExportedSnapshot open(DatabaseSecret database, DumpSettings settings, String applicationName) {
        Connection connection = DatabaseConnection.openForLongQueries(database, applicationName);
        try {
            return new ExportedSnapshot(connection, export(connection), new DumpScope(settings));
        } catch (SQLException failed) {
            closeQuietly(connection);
            throw failure(failed);
        }
    }

    /** Returns the argument of {@code pg_dump --snapshot}. Valid until this object is closed. */
    String id() {
        return id;
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
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            // There is nothing to end then.
        }
    }

    private static String export(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(NO_TIMEOUTS);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try (ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
                row.next();
                return row.getString(1);
            }
        }
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
                ErrorCode.DUMP_PROCESS_FAILED,
                "the rows couldn't be counted in the dump's snapshot: " + cause.getMessage()
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
