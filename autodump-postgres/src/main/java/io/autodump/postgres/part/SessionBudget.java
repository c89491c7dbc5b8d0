package io.autodump.postgres.part;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/** How many sessions the server lets this user open. */
public final class SessionBudget {
    /** The session that holds the snapshot, and the one that looks for sessions which the dump blocks. */
    private static final int OTHERS = 2;

    /** Superusers aren't limited by their role and their database. */
    private static final String FREE = """
            SELECT least(
                       (SELECT pg_catalog.sum(CASE name WHEN 'max_connections' THEN 1 ELSE -1 END * setting::bigint)
                          FROM pg_catalog.pg_settings
                         WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections'))
                       - pg_catalog.count(*),
                       CASE WHEN r.rolconnlimit >= 0 AND NOT r.rolsuper
                            THEN r.rolconnlimit - pg_catalog.count(*) FILTER (WHERE a.usesysid = r.oid) END,
                       CASE WHEN d.datconnlimit >= 0 AND NOT r.rolsuper
                            THEN d.datconnlimit - pg_catalog.count(*) FILTER (WHERE a.datid = d.oid) END)
              FROM pg_catalog.pg_stat_activity a
             CROSS JOIN pg_catalog.pg_roles r CROSS JOIN pg_catalog.pg_database d
             WHERE a.usesysid IS NOT NULL AND a.pid <> pg_catalog.pg_backend_pid()
               AND r.rolname = current_user AND d.datname = pg_catalog.current_database()
             GROUP BY r.oid, r.rolconnlimit, r.rolsuper, d.oid, d.datconnlimit""";

    private SessionBudget() {}

    /** Whether the server lets this user open more than this many sessions. The session that asks isn't counted. */
    public static boolean hasRoomFor(Connection connection, int more) throws SQLException {
        return free(connection).stream().allMatch(free -> free > more);
    }

    /** Returns how many sessions can read at the same time, at least 1. The session that asks isn't counted. */
    static int readers(Connection connection, int wanted) throws SQLException {
        return (int) Math.max(1, Math.min(wanted, free(connection).orElse(Long.MAX_VALUE) - OTHERS));
    }

    /** Empty if the server doesn't say. */
    private static OptionalLong free(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FREE)) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }
}
