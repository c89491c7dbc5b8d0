package io.autodump.postgres.server;

import io.autodump.core.dump.NotIncluded;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what belongs to the connected database and won't be in its dump: what {@code pg_dump} leaves out for every user
 * or for a user who isn't a superuser, and what belongs to the database as a whole. {@code docs/fidelity.md} has a row
 * for each kind. A dump of some schemas is partial on request, so this searches these schemas only.
 */
final class NotIncludedQuery {
    private final DumpScope scope;

    NotIncludedQuery(DumpScope scope) {
        this.scope = scope;
    }

    /** Returns the findings, sorted by kind and name. */
    List<NotIncluded> run(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            bindSchemas(statement);
            List<NotIncluded> things = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    things.add(NotIncludedKind.valueOf(rows.getString(1)).named(rows.getString(2)));
                }
            }
            return List.copyOf(things);
        }
    }

    /** Once for each time that the condition stands in the query. */
    private void bindSchemas(PreparedStatement statement) throws SQLException {
        int next = 1;
        for (int i = 0; i < NotIncludedSql.CONDITIONS; i++) {
            next = scope.bindSchemas(statement, next);
        }
    }

    private String sql() {
        String all = NotIncludedSql.IN_SCHEMAS
                + (scope.isWholeDatabase() ? "\nUNION ALL\n" + NotIncludedSql.IN_DATABASE : "");
        return "SELECT kind, name FROM (" + all.replace("{schemas}", scope.schemaCondition())
                + ") AS found ORDER BY kind, name COLLATE \"C\"";
    }
}
