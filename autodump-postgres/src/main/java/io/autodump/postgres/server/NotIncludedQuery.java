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
    /** What {@code pg_dump} reads in a schema ({@code {schemas}} is its condition) and leaves out. */
    private static final String IN_SCHEMAS = """
            SELECT 'INVALID_INDEX' AS kind, pg_catalog.format('%I.%I', n.nspname, i.relname) AS name
              FROM pg_catalog.pg_index x
              JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
              JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE (NOT x.indisready OR NOT x.indisvalid AND c.relkind <> 'p') AND {schemas}
            UNION ALL
            SELECT 'UNLOGGED_ROWS', pg_catalog.format('%I.%I', n.nspname, c.relname)
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'r' AND c.relpersistence = 'u' AND pg_catalog.pg_is_in_recovery() AND {schemas}
            UNION ALL
            SELECT DISTINCT 'TABLESPACE', pg_catalog.quote_ident(t.spcname)
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace AND t.spcname !~ '^pg_'
             WHERE {schemas}""";

    /**
     * A member of an extension has a dependency of type e. The view of user mappings hides options by the same rule.
     */
    private static final String IN_DATABASE = """
            SELECT 'SUBSCRIPTION', pg_catalog.quote_ident(s.subname)
              FROM pg_catalog.pg_subscription s
              JOIN pg_catalog.pg_database d ON d.oid = s.subdbid AND d.datname = pg_catalog.current_database()
             WHERE pg_catalog.current_setting('is_superuser') = 'off'
            UNION ALL
            SELECT 'USER_MAPPING_OPTIONS', pg_catalog.format('FOR %s SERVER %I',
                   CASE m.umuser WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(m.usename) END, m.srvname)
              FROM pg_catalog.pg_user_mappings m JOIN pg_catalog.pg_foreign_server s ON s.oid = m.srvid
             WHERE m.umoptions IS NULL AND pg_catalog.current_setting('is_superuser') = 'off'
               AND NOT CASE m.umuser WHEN 0 THEN pg_catalog.pg_has_role(s.srvowner, 'USAGE')
                       ELSE m.usename = current_user AND (pg_catalog.pg_has_role(s.srvowner, 'USAGE')
                                                       OR pg_catalog.has_server_privilege(s.oid, 'USAGE')) END
            UNION ALL
            SELECT 'EXTENSION_ROWS', pg_catalog.format('%I: %s', e.extname,
                   pg_catalog.string_agg(pg_catalog.format('%I.%I', n.nspname, c.relname), ', ' ORDER BY c.relname))
              FROM pg_catalog.pg_extension e
              JOIN pg_catalog.pg_depend p ON p.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                   AND p.refobjid = e.oid AND p.deptype = 'e' AND p.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
              JOIN pg_catalog.pg_class c ON c.oid = p.objid AND c.relkind = 'r'
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE NOT c.oid = ANY (coalesce(e.extconfig, '{}')) AND pg_catalog.pg_relation_size(c.oid) > 0
             GROUP BY e.extname
            UNION ALL
            SELECT 'IN_SYSTEM_SCHEMA', o.name
              FROM (SELECT 'pg_catalog.pg_class'::pg_catalog.regclass AS classid, c.oid, c.relowner AS owner,
                           pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
                      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     WHERE n.nspname IN ('pg_catalog', 'information_schema')
                       AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                    UNION ALL
                    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, p.proowner,
                           pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
                                             pg_catalog.pg_get_function_identity_arguments(p.oid))
                      FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                     WHERE n.nspname IN ('pg_catalog', 'information_schema')) o
              JOIN pg_catalog.pg_roles r ON r.oid = o.owner
             WHERE o.oid >= 16384
               AND r.rolname NOT IN ('rdsadmin', 'cloudsqladmin', 'alloydbadmin', 'azuresu', 'azure_superuser')
               AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend p
                                WHERE p.classid = o.classid AND p.objid = o.oid AND p.deptype = 'e')
            UNION ALL
            SELECT a.kind, pg_catalog.quote_ident(d.datname)
              FROM pg_catalog.pg_database d
             CROSS JOIN LATERAL (VALUES
                   ('DATABASE_LABEL', EXISTS (
                        SELECT 1 FROM pg_catalog.pg_shseclabel l
                         WHERE l.classoid = 'pg_catalog.pg_database'::pg_catalog.regclass AND l.objoid = d.oid)),
                   ('DATABASE_TABLESPACE', (SELECT t.spcname FROM pg_catalog.pg_tablespace t
                                             WHERE t.oid = d.dattablespace) <> 'pg_default')) AS a (kind, present)
             WHERE d.datname = pg_catalog.current_database() AND a.present""";

    private final DumpScope scope;

    NotIncludedQuery(DumpScope scope) {
        this.scope = scope;
    }

    /** Returns the findings, sorted by kind and name. */
    List<NotIncluded> run(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql())) {
            scope.bindSchemas(statement, scope.bindSchemas(statement, scope.bindSchemas(statement, 1)));
            List<NotIncluded> things = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    things.add(NotIncludedKind.valueOf(rows.getString(1)).named(rows.getString(2)));
                }
            }
            return List.copyOf(things);
        }
    }

    private String sql() {
        String all = scope.isWholeDatabase() ? IN_SCHEMAS + "\nUNION ALL\n" + IN_DATABASE : IN_SCHEMAS;
        return "SELECT kind, name FROM (" + all.replace("{schemas}", scope.schemaCondition())
                + ") AS found ORDER BY kind, name COLLATE \"C\"";
    }
}
