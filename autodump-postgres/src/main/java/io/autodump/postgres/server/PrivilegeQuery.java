package io.autodump.postgres.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what the connected user can't read of a dump. {@code pg_dump} needs SELECT on every table, partition and
 * partitioned table (it locks them), on sequences whose state it writes, and on large objects if the whole database is
 * dumped, and USAGE on the schemas of these. It needs no privilege on views, materialized views and functions, because
 * it reads only their definitions. This list was found by experiment.
 */
final class PrivilegeQuery {
    /** The missing privilege, and how it is granted. */
    enum Kind {
        SCHEMA,
        RELATION,
        SEQUENCE,
        LARGE_OBJECT,
        ROW_SECURITY,
        FORCED_ROW_SECURITY
    }

    /**
     * An object that can't be read.
     *
     * @param schema quoted; empty for a large object
     * @param name quoted, and with its schema if it has one
     */
    record Finding(Kind kind, String schema, String name) {}

    private static final String RELATIONS = """
            SELECT n.nspname, n.oid AS nspoid, c.oid, c.relname, c.relkind, {excluded} AS data_excluded
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relpersistence <> 't' AND c.relkind IN ('r', 'p', 'S') AND {schemas}
               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend p
                                 JOIN pg_catalog.pg_extension e ON e.oid = p.refobjid
                                WHERE p.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND p.objid = c.oid
                                  AND p.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                                  AND p.deptype = 'e' AND NOT c.oid = ANY (coalesce(e.extconfig, '{}')))""";

    private static final String FINDINGS = """
            WITH scope AS MATERIALIZED ({relations}),
                 needed AS (SELECT * FROM scope WHERE relkind <> 'S' OR NOT data_excluded)
            SELECT DISTINCT 1 AS rank, 'SCHEMA' AS kind, quote_ident(nspname) AS schema, quote_ident(nspname) AS name
              FROM needed WHERE NOT has_schema_privilege(nspoid, 'USAGE')
            UNION ALL
            SELECT CASE relkind WHEN 'S' THEN 3 ELSE 2 END, CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'RELATION' END,
                   quote_ident(nspname), format('%I.%I', nspname, relname)
              FROM needed WHERE NOT has_table_privilege(oid, 'SELECT')
            UNION ALL
            SELECT 5, CASE WHEN pg_has_role(c.relowner, 'USAGE') THEN 'FORCED_ROW_SECURITY' ELSE 'ROW_SECURITY' END,
                   quote_ident(s.nspname), format('%I.%I', s.nspname, s.relname)
              FROM needed s JOIN pg_catalog.pg_class c USING (oid)
             WHERE s.relkind = 'r' AND NOT s.data_excluded AND row_security_active(s.oid)
            {large_objects}
            ORDER BY 1, 4""";

    /** has_largeobject_privilege() exists since version 18 only, so this reads the access list itself. */
    private static final String LARGE_OBJECTS = """
            UNION ALL
            SELECT 4, 'LARGE_OBJECT', '', m.oid::text
              FROM pg_catalog.pg_largeobject_metadata m
             WHERE current_setting('lo_compat_privileges') = 'off'
               AND NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
               AND NOT pg_has_role(m.lomowner, 'USAGE')
               AND NOT EXISTS (SELECT 1 FROM aclexplode(m.lomacl) a
                                WHERE a.privilege_type = 'SELECT'
                                  AND (a.grantee = 0 OR pg_has_role(a.grantee, 'USAGE')))""";

    private static final int FIRST_WITH_MATERIALIZED = 12;

    private final DumpScope scope;

    PrivilegeQuery(DumpScope scope) {
        this.scope = scope;
    }

    List<Finding> run(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(sql(connection.getMetaData().getDatabaseMajorVersion()))) {
            scope.bindSchemas(statement, scope.bindDataExcluded(statement, 1));
            List<Finding> findings = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    findings.add(new Finding(Kind.valueOf(rows.getString(2)), rows.getString(3), rows.getString(4)));
                }
            }
            return findings;
        }
    }

    private String sql(int serverMajor) {
        String relations =
                RELATIONS.replace("{excluded}", scope.dataExcluded()).replace("{schemas}", scope.schemaCondition());
        String sql = FINDINGS.replace("{relations}", relations)
                .replace("{large_objects}", scope.isWholeDatabase() ? LARGE_OBJECTS : "");
        return serverMajor < FIRST_WITH_MATERIALIZED ? sql.replace(" AS MATERIALIZED ", " AS ") : sql;
    }
}
