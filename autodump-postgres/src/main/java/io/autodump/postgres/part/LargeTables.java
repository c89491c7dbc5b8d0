package io.autodump.postgres.part;

import io.autodump.postgres.server.DumpScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the tables whose rows are dumped in parts. The others are left to {@code pg_dump}, among them:
 *
 * <ul>
 *   <li>tables of extensions, of which it dumps the rows that the extension says;
 *   <li>tables without columns, and those that have generated columns only;
 *   <li>unlogged tables on a replica, which have no rows there;
 *   <li>partitions by the hash of an enum, whose rows belong to other partitions after a restore;
 *   <li>tables with very wide rows, which it needn't hold in the memory of this process;
 *   <li>tables whose names, or whose columns' names, can't be written in ASCII if the database isn't in UTF-8.
 * </ul>
 */
public final class LargeTables {
    /** Generated columns are known to servers from this version on. */
    public static final int FIRST_SERVER = 12;

    /** Servers from this version on read a range of a table's pages without reading the others. */
    private static final int FIRST_WITH_RANGES = 14;

    private static final int MOST = 2000;

    /** Average bytes of a row. A row is read into memory as a whole. */
    private static final int WIDE = 1024 * 1024;

    /** The least bytes of a row in its heap if a column of it is in the TOAST table: a new table has no more rows. */
    private static final int SMALLEST_WITH_TOAST = 52;

    private static final String QUERY = """
            WITH scope AS MATERIALIZED (
                SELECT c.oid, n.nspname, c.relname, c.reltuples, c.relpersistence, c.relam,
                       pg_catalog.pg_relation_size(c.oid) AS heap,
                       coalesce(pg_catalog.pg_relation_size(nullif(c.reltoastrelid, 0)), 0) AS toast
                  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND {schemas} AND NOT {excluded}
            ), total AS (
                SELECT (SELECT coalesce(pg_catalog.sum(heap + toast), 0) FROM scope)
                       + pg_catalog.pg_relation_size('pg_catalog.pg_largeobject') AS bytes
            )
            SELECT s.oid::bigint, s.nspname::text, s.relname::text, s.heap + s.toast, s.heap, total.bytes::bigint,
                   pg_catalog.current_setting('block_size')::bigint, a.amname = 'heap',
                   pg_catalog.current_setting('server_encoding') = 'UTF8'
              FROM scope s CROSS JOIN total JOIN pg_catalog.pg_am a ON a.oid = s.relam
             WHERE s.heap + s.toast >= ?
               AND (s.relpersistence = 'p' OR NOT pg_catalog.pg_is_in_recovery())
               AND (s.heap + s.toast) / CASE WHEN s.reltuples > 0 THEN s.reltuples
                                             ELSE greatest(s.heap / {smallest row}, 1) END <= ?
               AND EXISTS (SELECT 1 FROM pg_catalog.pg_attribute t
                            WHERE t.attrelid = s.oid AND t.attnum > 0 AND NOT t.attisdropped AND t.attgenerated = '')
               AND (pg_catalog.current_setting('server_encoding') = 'UTF8'
                    OR (s.nspname::text || s.relname::text) !~ '[^ -~]' COLLATE "C"
                       AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute t
                                        WHERE t.attrelid = s.oid AND t.attname::text ~ '[^ -~]' COLLATE "C"))
               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = s.oid
                                  AND d.deptype = 'e')
               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_partition_ancestors(s.oid) AS r (relid)
                                JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = r.relid
                                JOIN pg_catalog.pg_opclass o ON o.oid = ANY (p.partclass)
                               WHERE p.partstrat = 'h' AND o.opcname = 'enum_ops')
             ORDER BY s.heap + s.toast DESC, 2, 3
             LIMIT ?""";

    private final DumpScope scope;
    private final TablePartSizes sizes;
    private final int jobs;

    /**
     * Says what to look for.
     *
     * @param jobs the number of sessions
     */
    public LargeTables(DumpScope scope, TablePartSizes sizes, int jobs) {
        this.scope = scope;
        this.sizes = sizes;
        this.jobs = jobs;
    }

    /** Returns the tables, largest first. None for one session, and if all tables are small. */
    public List<LargeTable> find(Connection connection) throws SQLException {
        int serverMajor = connection.getMetaData().getDatabaseMajorVersion();
        if (jobs == 1 || serverMajor < FIRST_SERVER) {
            return List.of();
        }
        String sql = QUERY.replace("{schemas}", scope.schemaCondition())
                .replace("{excluded}", scope.dataExcluded())
                .replace("{smallest row}", String.valueOf(SMALLEST_WITH_TOAST));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = scope.bindDataExcluded(statement, scope.bindSchemas(statement, 1));
            statement.setLong(next, sizes.least());
            statement.setInt(next + 1, WIDE);
            statement.setInt(next + 2, MOST);
            try (ResultSet rows = statement.executeQuery()) {
                return chosen(rows, serverMajor >= FIRST_WITH_RANGES);
            }
        }
    }

    private List<LargeTable> chosen(ResultSet rows, boolean ranges) throws SQLException {
        List<LargeTable> candidates = new ArrayList<>();
        long allBytes = 0;
        while (rows.next()) {
            allBytes = rows.getLong(6);
            String schema = rows.getString(2);
            String name = rows.getString(3);
            boolean utf8 = rows.getBoolean(9);
            if (ExactPattern.isPossible(schema, utf8) && ExactPattern.isPossible(name, utf8)) {
                candidates.add(new LargeTable(
                        rows.getLong(1),
                        schema,
                        name,
                        rows.getLong(4),
                        rows.getLong(5) / rows.getLong(7),
                        ranges && rows.getBoolean(8)));
            }
        }
        return TableChoice.of(candidates, allBytes, jobs);
    }
}
