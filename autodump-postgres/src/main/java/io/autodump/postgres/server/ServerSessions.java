package io.autodump.postgres.server;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.internal.Uninterrupted;
import io.autodump.postgres.connection.DatabaseConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Ends the sessions that an abandoned dump has left on the server. */
public final class ServerSessions {
    /** The limit for the whole attempt. If the server can't be reached in this time, nothing can be done from here. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String TERMINATE = """
            SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
             WHERE application_name OPERATOR(pg_catalog.=) ? AND usename OPERATOR(pg_catalog.=) current_user
               AND pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid()""";

    private ServerSessions() {}

    /**
     * Ends the user's sessions with this application name, on an interrupted thread too. Never throws: the failure of
     * the dump is the one to report.
     */
    public static void terminate(DatabaseSecret database, String applicationName) {
        Uninterrupted.run(() -> tryToTerminate(database, applicationName));
    }

    private static void tryToTerminate(DatabaseSecret database, String applicationName) {
        try (Connection connection = DatabaseConnection.openBriefly(database, LIMIT);
                PreparedStatement statement = connection.prepareStatement(TERMINATE)) {
            statement.setString(1, applicationName);
            statement.execute();
        } catch (SQLException | AutoDumpException unreachable) {
            // The server notices when it writes to the closed connection.
        }
    }
}
