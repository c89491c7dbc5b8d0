package io.autodump.postgres.server;

import io.autodump.core.server.Globals;
import io.autodump.core.server.RequiredExtension;
import io.autodump.core.server.ServerNeeds;
import io.autodump.postgres.globals.RoleDefinitions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the connected database needs from its server: roles and extensions. Any role may read all of it. */
public final class ServerNeedsQuery {
    private static final String EXTENSIONS = """
            SELECT extname, extversion FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql'
             ORDER BY extname COLLATE "C"
            """;

    /**
     * The extensions that objects of some schemas use, and the extensions that these require. Only those are taken that
     * a restore can create: in a schema of the dump, or in one that every database has. The server records no array
     * type as a member of an extension.
     */
    private static final String NEEDED = """
            WITH RECURSIVE member (classid, objid, ext) AS (
                SELECT d.classid, d.objid, d.refobjid
                  FROM pg_catalog.pg_depend d
                 WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'
            ), offered (classid, objid, ext) AS (
                SELECT classid, objid, ext FROM member
                UNION ALL
                SELECT m.classid, t.typarray, m.ext
                  FROM member m JOIN pg_catalog.pg_type t ON t.oid = m.objid AND t.typarray <> 0
                 WHERE m.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
            ), placed (classid, objid, nsp) AS (
                SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::oid, oid, relnamespace FROM pg_catalog.pg_class
                UNION ALL SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, oid, pronamespace FROM pg_catalog.pg_proc
                UNION ALL SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, oid, typnamespace FROM pg_catalog.pg_type
                UNION ALL SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, oid, oprnamespace
                            FROM pg_catalog.pg_operator
                UNION ALL SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid, opcnamespace
                            FROM pg_catalog.pg_opclass
                UNION ALL SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, oid, connamespace
                            FROM pg_catalog.pg_constraint
                UNION ALL SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid, cfgnamespace
                            FROM pg_catalog.pg_ts_config
                UNION ALL SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, oid, dictnamespace
                            FROM pg_catalog.pg_ts_dict
                UNION ALL SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, a.oid, c.relnamespace
                            FROM pg_catalog.pg_attrdef a JOIN pg_catalog.pg_class c ON c.oid = a.adrelid
                UNION ALL SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass, r.oid, c.relnamespace
                            FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
                UNION ALL SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, t.oid, c.relnamespace
                            FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
                UNION ALL SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, p.oid, c.relnamespace
                            FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
            ), needed (ext) AS (
                SELECT o.ext
                  FROM pg_catalog.pg_depend d
                  JOIN offered o ON o.classid = d.refclassid AND o.objid = d.refobjid
                  JOIN placed p ON p.classid = d.classid AND p.objid = d.objid
                  JOIN pg_catalog.pg_namespace n ON n.oid = p.nsp
                 WHERE {schemas}
                   AND NOT EXISTS (
                           SELECT 1 FROM member m WHERE m.classid = d.classid AND m.objid = d.objid AND m.ext = o.ext)
                UNION
                SELECT d.refobjid
                  FROM needed
                  JOIN pg_catalog.pg_depend d ON d.objid = needed.ext
                   AND d.classid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                   AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            )
            SELECT e.extname, e.extversion
              FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
             WHERE e.oid IN (SELECT ext FROM needed) AND e.extname <> 'plpgsql'
               AND (n.nspname IN ('public', 'pg_catalog') OR {schemas})
             ORDER BY extname COLLATE "C"
            """;

    private ServerNeedsQuery() {}

    /**
     * Reads it.
     *
     * @param named the roles that the database's objects name
     * @param globals whether definitions of roles are read
     */
    public static ServerNeeds run(Connection connection, DumpScope scope, List<String> named, Globals globals)
            throws SQLException {
        Set<String> inRows = new RegroleValues(scope).read(connection);
        Set<String> roles = new TreeSet<>(named);
        roles.addAll(inRows);
        return ServerNeeds.builder()
                .roles(globals == Globals.NONE ? List.of() : RoleDefinitions.read(connection, roles))
                .rolesInRows(inRows)
                .extensions(scope.isWholeDatabase() ? extensions(connection) : needed(connection, scope))
                .build();
    }

    /** The extensions of the connected database, sorted, without the one that every database has. */
    public static List<RequiredExtension> extensions(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(EXTENSIONS)) {
            return extensions(rows);
        }
    }

    private static List<RequiredExtension> needed(Connection connection, DumpScope scope) throws SQLException {
        String query = NEEDED.replace("{schemas}", "(" + scope.schemaCondition() + ")");
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            scope.bindSchemas(statement, scope.bindSchemas(statement, 1));
            try (ResultSet rows = statement.executeQuery()) {
                return extensions(rows);
            }
        }
    }

    private static List<RequiredExtension> extensions(ResultSet rows) throws SQLException {
        List<RequiredExtension> extensions = new ArrayList<>();
        while (rows.next()) {
            extensions.add(new RequiredExtension(rows.getString(1), rows.getString(2)));
        }
        return extensions;
    }
}
