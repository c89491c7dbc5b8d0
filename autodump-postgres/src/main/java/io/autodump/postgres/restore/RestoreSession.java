package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.connection.ConnectionFailure;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.OwnSession;
import io.autodump.postgres.connection.ServerReason;
import io.autodump.postgres.connection.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what {@code ALTER ROLE … SET} and {@code ALTER DATABASE … SET} limit out of sessions that restore: their time,
 * and the right to write.
 */
final class RestoreSession {
    private static final String READ_ONLY = "SELECT pg_catalog.current_setting('default_transaction_read_only')";

    /** SQLSTATE of SET ROLE with a role that isn't there. */
    private static final String NO_SUCH_ROLE = "22023";

    private RestoreSession() {}

    /** Makes the connection writable and removes its time limits. Returns it. */
    static Connection writable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            OwnSession.prepare(connection);
            statement.execute("SET default_transaction_read_only = off");
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /**
     * Acts as a role from here on.
     *
     * @throws AutoDumpException {@code PRIVILEGES_MISSING} if the user may not
     */
    static void assume(Connection connection, Optional<String> role) throws SQLException {
        if (role.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + Sql.quoted(role.get()));
        } catch (SQLException refused) {
            String user = Sql.identifier(connection.getMetaData().getUserName());
            boolean missing = NO_SUCH_ROLE.equals(refused.getSQLState());
            throw new AutoDumpException(
                    ErrorCode.PRIVILEGES_MISSING,
                    "user " + user + " can't act as role \"" + role.get() + "\": " + ServerReason.of(refused)
                            + "; nothing was changed",
                    missing
                            ? "name a role that the server has (psql \\du lists them); or restore as the user itself"
                            : "GRANT " + Sql.identifier(role.get()) + " TO " + user + "; or restore as the user itself",
                    refused);
        }
    }

    /**
     * Returns the variables for {@code pg_restore} and {@code psql}. Both set all timeouts themselves, but don't make
     * the session writable. Poolers refuse the variable, so it is set only if it is needed.
     */
    static Map<String, String> variables(DatabaseSecret target) {
        try (Connection connection = DatabaseConnection.open(target);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ_ONLY)) {
            return row.next() && "on".equals(row.getString(1))
                    ? Map.of("PGOPTIONS", "-c default_transaction_read_only=off")
                    : Map.of();
        } catch (SQLException failed) {
            throw ConnectionFailure.explain(target, failed);
        }
    }
}
