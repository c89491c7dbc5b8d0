package io.autodump.postgres.server;

import io.autodump.core.dump.TableRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts rows exactly, in one statement and therefore in one snapshot (the transaction's, if it has one): of every
 * ordinary table, and of every partitioned table as a whole, if a restore must restore its rows. It leaves out: system
 * schemas, foreign tables and temporary tables; materialized views, which a restore fills again from their tables; an
 * extension's own tables, which its installed version fills; and, on a replica, unlogged tables, which can't be read
 * there and which {@code pg_dump} leaves empty too. Works with PostgreSQL 12 to 18.
 */
public final class TableRowCounts {
    /**
     * ONLY, because the parent of an inheritance tree would count its children's rows again. The count is extracted by
     * a regular expression and not by xpath(), which some servers are built without. The result is sorted by bytes, so
     * that two servers with different collations agree.
     */
    private static final String COUNTS = """
            WITH counted AS MATERIALIZED (
                SELECT coalesce(pg_catalog.pg_partition_root(c.oid), c.oid) AS root,
                       pg_catalog.substring(
                           pg_catalog.query_to_xml(
                               pg_catalog.format(
                                   'SELECT pg_catalog.count(*) AS n FROM ONLY %I.%I', n.nspname, c.relname),
                               false, false, '')::text,
                           '<n>([0-9]+)</n>')::bigint AS rows
                  FROM pg_catalog.pg_class AS c
                  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
                 WHERE c.relkind = 'r'
                   AND (?::bigint[] IS NULL OR c.oid::bigint = ANY (?::bigint[]))
                   AND (c.relpersistence = 'p' OR c.relpersistence = 'u' AND NOT pg_catalog.pg_is_in_recovery())
                   AND n.nspname <> 'information_schema'
                   AND n.nspname !~ '^pg_'
                   AND NOT EXISTS (
                           SELECT 1
                             FROM pg_catalog.pg_depend AS d
                            WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                              AND d.objid = c.oid
                              AND d.deptype = 'e')
            )
            SELECT n.nspname::text, c.relname::text, pg_catalog.sum(counted.rows)::bigint
              FROM counted
              JOIN pg_catalog.pg_class AS c ON c.oid = counted.root
              JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
             GROUP BY n.nspname, c.relname
             ORDER BY n.nspname::text COLLATE "C", c.relname::text COLLATE "C"
            """;

    private TableRowCounts() {}

    /**
     * Counts every table. Takes as long as reading them does. Removes the session's statement timeout, and turns
     * row-level security off, so that a policy that would hide rows becomes an error.
     *
     * @throws SQLException if a table can't be read, for example; a transaction is then aborted
     */
    public static List<TableRows> count(Connection connection) throws SQLException {
        return count(connection, Optional.empty());
    }

    /**
     * Counts these tables only.
     *
     * @param relations the OIDs of ordinary tables and leaf partitions; others are ignored
     */
    public static List<TableRows> count(Connection connection, long[] relations) throws SQLException {
        return count(connection, Optional.of(relations));
    }

    private static List<TableRows> count(Connection connection, Optional<long[]> relations) throws SQLException {
        try (Statement settings = connection.createStatement();
                PreparedStatement counts = connection.prepareStatement(COUNTS)) {
            settings.execute("SET statement_timeout = 0");
            settings.execute("SET row_security = off");
            counts.setObject(1, relations.orElse(null));
            counts.setObject(2, relations.orElse(null));
            try (ResultSet result = counts.executeQuery()) {
                List<TableRows> tables = new ArrayList<>();
                while (result.next()) {
                    tables.add(new TableRows(result.getString(1), result.getString(2), result.getLong(3)));
                }
                return List.copyOf(tables);
            }
        }
    }
}
