package io.autodump.postgres.server;

import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.globals.ManagedRoles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The roles that values of type {@code regrole} name. The server keeps no account of them, so their columns are read.
 * There are hardly ever any.
 */
final class RegroleValues {
    private static final String COLUMNS = """
            WITH RECURSIVE of_role (oid, isarray) AS (
                SELECT 'pg_catalog.regrole'::pg_catalog.regtype::oid, false
                UNION SELECT 'pg_catalog._regrole'::pg_catalog.regtype::oid, true
                UNION SELECT t.oid, o.isarray FROM of_role o
                        JOIN pg_catalog.pg_type t ON t.typtype = 'd' AND t.typbasetype = o.oid
            ), named AS MATERIALIZED (
                SELECT a.attrelid, a.attname, o.isarray
                  FROM pg_catalog.pg_attribute a
                  JOIN of_role o ON o.oid = a.atttypid
                 WHERE a.attnum > 0 AND NOT a.attisdropped
            )
            SELECT n.nspname, c.relname, a.attname, a.isarray
              FROM named a
              JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relpersistence <> 't'
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE {schemas} AND NOT {excluded}
               AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
               AND NOT pg_catalog.row_security_active(c.oid)
            """;

    private final DumpScope scope;

    RegroleValues(DumpScope scope) {
        this.scope = scope;
    }

    /** The names, sorted, without roles of the server itself. */
    Set<String> read(Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement()) {
            for (String query : queries(connection)) {
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                }
            }
        }
        return names;
    }

    private List<String> queries(Connection connection) throws SQLException {
        String columns =
                COLUMNS.replace("{schemas}", scope.schemaCondition()).replace("{excluded}", scope.dataExcluded());
        try (PreparedStatement statement = connection.prepareStatement(columns)) {
            scope.bindDataExcluded(statement, scope.bindSchemas(statement, 1));
            List<String> queries = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    queries.add(query(
                            Sql.quoted(row.getString(1)) + "." + Sql.quoted(row.getString(2)),
                            Sql.quoted(row.getString(3)),
                            row.getBoolean(4)));
                }
            }
            return queries;
        }
    }

    private static String query(String table, String column, boolean array) {
        String value =
                array ? "pg_catalog.unnest(" + column + "::pg_catalog._regrole)" : column + "::pg_catalog.regrole";
        return "SELECT r.rolname FROM (SELECT DISTINCT (" + value + ")::pg_catalog.oid AS oid FROM ONLY " + table
                + ") AS v JOIN pg_catalog.pg_roles r ON r.oid = v.oid AND r.rolname !~ '" + ManagedRoles.REGEX + "'";
    }
}
