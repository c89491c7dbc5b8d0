package io.autodump.postgres.part;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.DriverSettings;
import io.autodump.postgres.connection.OwnSession;
import io.autodump.postgres.connection.ServerReason;
import io.autodump.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.PGConnection;

/** Makes a session copy rows as those of {@code pg_dump} and {@code pg_restore} do. */
public final class CopySession {
    /** Those of {@code pg_restore}, whatever the role and the database have set. */
    private static final String SETTINGS = """
            SELECT pg_catalog.set_config(s.name, v.value, false)
              FROM (VALUES ('xmloption', 'content'), ('row_security', 'off'),
                           ('check_function_bodies', 'off'), ('client_min_messages', 'warning')) v (name, value)
              JOIN pg_catalog.pg_settings s ON s.name = v.name""";

    /** What {@code pg_dump} sets besides. Settings that the server doesn't know are left out. */
    private static final String READING = """
            SELECT pg_catalog.set_config(s.name, v.value, false)
              FROM (VALUES ('DateStyle', 'ISO'), ('IntervalStyle', 'postgres'), ('extra_float_digits', '3'),
                           ('bytea_output', 'hex'), ('synchronize_seqscans', 'off'),
                           ('restrict_nonsystem_relation_kind', 'view, foreign-table'),
                           ('max_parallel_workers_per_gather', '0'), ('enable_seqscan', 'off'), ('jit', 'off'),
                           ('lock_timeout', '{lock_timeout}')) v (name, value)
              JOIN pg_catalog.pg_settings s ON s.name = v.name""";

    private static final String UTF8 = "UTF8";

    private CopySession() {}

    /** Opens a session that reads. Its transaction begins with its first statement. */
    static Connection open(DatabaseSecret database, String applicationName, Duration lockWait) throws SQLException {
        Connection connection = DatabaseConnection.openForLongQueries(database, applicationName);
        try {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            set(connection);
            execute(connection, READING.replace("{lock_timeout}", String.valueOf(lockWait.toMillis())));
            encode(connection, serverEncoding(connection));
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    /** Lets a session see its database as it is in a snapshot. It has read nothing yet, but may hold locks. */
    static void use(Connection connection, String snapshot) throws SQLException {
        execute(connection, "SET TRANSACTION SNAPSHOT " + Sql.literal(snapshot));
    }

    /**
     * Prepares a session that writes rows. It keeps the other settings of its role and its database, as one of {@code
     * pg_restore} does.
     *
     * @param encoding in which the rows are; the target's own if it isn't known
     */
    public static void prepareForWriting(Connection connection, Optional<String> encoding) throws SQLException {
        set(connection);
        DriverSettings.undo(connection);
        execute(connection, "SET default_transaction_read_only = off");
        encode(connection, encoding.orElse(serverEncoding(connection)));
    }

    /**
     * Explains what the driver throws, besides its own exception, if it can't read what the server says.
     *
     * @param cause a number that is too large, a length below zero
     */
    public static SQLException garbled(Throwable cause) {
        return ServerReason.garbled("the server's answer isn't one to COPY", cause);
    }

    private static void set(Connection connection) throws SQLException {
        OwnSession.prepare(connection);
        execute(connection, SETTINGS);
    }

    /** The driver asks for UTF-8 as it connects. */
    private static void encode(Connection connection, String encoding) throws SQLException {
        if (!encoding.equals(UTF8)) {
            execute(connection, "SET client_encoding TO " + Sql.literal(encoding));
        }
    }

    private static String serverEncoding(Connection connection) throws SQLException {
        return Optional.ofNullable(connection.unwrap(PGConnection.class).getParameterStatus("server_encoding"))
                .orElse(UTF8);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
