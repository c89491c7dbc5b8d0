package io.autodump.postgres.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A session that waits for a lock.
 *
 * @param pid the process id of the session on the server
 * @param description which session waits for which lock, for a person; never contains the text of a query
 */
public record WaitingSession(int pid, String description) {
    /** Asks only for sessions that wait, because finding the holder blocks the server's lock table for a moment. */
    private static final String BEHIND = """
        SELECT w.pid,
               pg_catalog.format('session %s%s%s waits for %s%s', w.pid,
                   coalesce(' of user ' || pg_catalog.quote_ident(a.usename), ''),
                   CASE WHEN a.application_name <> '' THEN pg_catalog.format(' (%s)', a.application_name) ELSE '' END,
                   w.mode, coalesce(' on ' || w.relation::pg_catalog.regclass::text, ''))
          FROM pg_catalog.pg_locks w LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = w.pid
         WHERE NOT w.granted AND a.application_name IS DISTINCT FROM ?
           AND pg_catalog.pg_blocking_pids(w.pid) && (
                   SELECT coalesce(pg_catalog.array_agg(o.pid), '{}') FROM pg_catalog.pg_stat_activity o
                    WHERE o.application_name = ? AND o.usename = current_user)\
        """;

    /**
     * Returns the sessions that wait for a lock which the user's sessions with this application name hold, or wait
     * for earlier.
     */
    public static List<WaitingSession> behind(String applicationName, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEHIND)) {
            statement.setString(1, applicationName);
            statement.setString(2, applicationName);
            List<WaitingSession> waiting = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    waiting.add(new WaitingSession(rows.getInt(1), rows.getString(2)));
                }
            }
            return waiting;
        }
    }
}
