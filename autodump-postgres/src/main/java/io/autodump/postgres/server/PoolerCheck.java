package io.autodump.postgres.server;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.OwnSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Refuses a pooler that may run each transaction in another session of the server, such as PgBouncer with {@code
 * pool_mode=transaction}. The settings of {@code pg_dump} and {@code pg_restore}, above all an empty {@code
 * search_path}, would stay on a session that the pooler then gives to an application.
 *
 * <p>The check sets nothing. It asks over two connections in turn which session of the server answers. Each connection
 * must keep its session, and the two sessions must differ. A pool in session mode passes, and so does a forwarded port.
 */
public final class PoolerCheck {
    /** A busy pool answers from another session within some rounds. */
    private static final int ROUNDS = 10;

    /** A pool in session mode that is full lets a connection wait. It then doesn't share sessions. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * A process id may be used again, or exist on two servers behind one name. The start of the process makes
     * it unique.
     */
    private static final String SESSION = """
            SELECT pg_catalog.pg_backend_pid(),
                   (SELECT backend_start::text FROM pg_catalog.pg_stat_activity
                     WHERE pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid())""";

    private final DatabaseSecret database;
    private final Map<Connection, String> sessions = new LinkedHashMap<>();

    private PoolerCheck(DatabaseSecret database) {
        this.database = database;
    }

    /**
     * Checks the path to a server, and then makes the connection a session of AutoDump's own. Opens one more connection
     * for a moment.
     *
     * @param first a connection to the database on which nothing was set
     * @throws AutoDumpException {@code TRANSACTION_POOLER}
     * @throws SQLException if the first connection doesn't answer
     */
    public static void requireOwnSession(DatabaseSecret database, Connection first) throws SQLException {
        PoolerCheck check = new PoolerCheck(database);
        try {
            check.run(first);
        } finally {
            check.sessions.remove(first);
            check.sessions.keySet().forEach(PoolerCheck::closeQuietly);
        }
        OwnSession.prepare(first);
    }

    private void run(Connection first) throws SQLException {
        sessions.put(first, session(first));
        addConnection();
        for (int round = 0; round < ROUNDS; round++) {
            requireDistinct();
            for (Map.Entry<Connection, String> known : sessions.entrySet()) {
                requireSame(known.getValue(), known.getKey());
            }
        }
    }

    /** A server or a pool without room for another connection doesn't share sessions either. */
    private void addConnection() {
        Connection added;
        try {
            added = DatabaseConnection.openBriefly(database, PATIENCE);
        } catch (AutoDumpException noRoom) {
            return;
        }
        try {
            sessions.put(added, session(added));
        } catch (SQLException waitsInVain) {
            closeQuietly(added);
        }
    }

    /** Asks twice in a row: a pool that rotates its sessions could give each connection the same one in every round. */
    private void requireSame(String expected, Connection connection) throws SQLException {
        for (int time = 0; time < 2; time++) {
            if (!session(connection).equals(expected)) {
                throw shared();
            }
        }
    }

    private void requireDistinct() {
        if (new HashSet<>(sessions.values()).size() < sessions.size()) {
            throw shared();
        }
    }

    private static String session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SESSION)) {
            row.next();
            return row.getInt(1) + " " + row.getString(2);
        }
    }

    private AutoDumpException shared() {
        return new AutoDumpException(
                ErrorCode.TRANSACTION_POOLER,
                "database \"" + database.database() + "\" at " + database.host() + ":" + database.port()
                        + " is behind a pooler that gives each transaction another session of the server, such as"
                        + " PgBouncer with pool_mode=transaction; settings of a dump or a restore would reach the pooler's"
                        + " other clients; nothing was written",
                "set endpoint and port in the secret to those of the server itself, or of a pool with pool_mode=session");
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // The connection was to be closed anyway.
        }
    }
}
