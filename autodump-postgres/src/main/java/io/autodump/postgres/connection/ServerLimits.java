package io.autodump.postgres.connection;

import io.autodump.core.database.DatabaseSecret;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The time limits that a server sets on sessions, by {@code postgresql.conf}, {@code ALTER DATABASE … SET} or {@code
 * ALTER ROLE … SET}. AutoDump has limits of its own.
 */
public final class ServerLimits {
    private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

    /** Those that the server doesn't know are left out. */
    private static final String OTHERS = """
            SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings
             WHERE name OPERATOR(pg_catalog.=) ANY (
                 '{lock_timeout,idle_in_transaction_session_timeout,idle_session_timeout}'::pg_catalog.text[])""";

    /** A person or a program cancelled the statement: no limit is the cause. */
    private static final String BY_REQUEST = "due to user request";

    /**
     * A limit.
     *
     * @param parameter its name on the server
     * @param state the SQLSTATE of what it ends
     * @param words in the message of what it ends, in English
     */
    private record Limit(String parameter, String state, String words) {}

    private static final Limit LOCKS = new Limit("lock_timeout", "55P03", "due to lock timeout");

    private static final List<Limit> LIMITS = List.of(
            new Limit("statement_timeout", "57014", "due to statement timeout"),
            LOCKS,
            new Limit("idle_in_transaction_session_timeout", "25P03", "due to idle-in-transaction timeout"),
            new Limit("transaction_timeout", "25P04", "due to transaction timeout"),
            new Limit("idle_session_timeout", "57P05", "due to idle-session timeout"));

    private ServerLimits() {}

    /**
     * Removes the limits from a session. Only for sessions of AutoDump's own: behind a pooler, others could get them.
     * The limit that could end the next statement goes first.
     */
    static void lift(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            if (connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_TRANSACTION_TIMEOUT) {
                statement.execute("SET transaction_timeout = 0");
            }
            statement.execute(OTHERS);
        }
    }

    /** Returns what to do if a limit ended a statement or a session. Empty if something else did. */
    public static Optional<String> hint(SQLException failed, DatabaseSecret database) {
        String said = String.valueOf(failed.getMessage());
        return said.contains(BY_REQUEST)
                ? Optional.empty()
                : LIMITS.stream()
                        .filter(limit -> limit.state().equals(failed.getSQLState()))
                        .findFirst()
                        .or(() -> in(said))
                        .map(limit -> hint(limit, database));
    }

    /** Returns the same for what a client program printed. */
    public static Optional<String> hint(String said, DatabaseSecret database) {
        return in(said).map(limit -> hint(limit, database));
    }

    private static Optional<Limit> in(String said) {
        return LIMITS.stream().filter(limit -> said.contains(limit.words())).findFirst();
    }

    /** The setting for a role in a database takes precedence over all others. */
    private static String hint(Limit limit, DatabaseSecret database) {
        String cause = limit.equals(LOCKS)
                ? "another session holds a lock (pg_locks) for longer than the server's limit lock_timeout: wait for it,"
                        + " or remove the limit"
                : "the server's limit " + limit.parameter() + " is too short: remove it";
        return cause + " for this user: ALTER ROLE " + Sql.identifier(database.username()) + " IN DATABASE "
                + Sql.identifier(database.database()) + " SET " + limit.parameter() + " = 0";
    }
}
