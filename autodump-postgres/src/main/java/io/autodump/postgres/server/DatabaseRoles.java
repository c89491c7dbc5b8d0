package io.autodump.postgres.server;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The roles that a database's objects name: owners, grantees, and the roles of policies and default privileges. Roles
 * belong to the server, so no dump of a database contains them. A faithful restore needs them on the target server.
 */
public final class DatabaseRoles {
    /**
     * The server records which role is named where, except for the pinned role that initdb created, which is found here
     * as an owner. Extensions and their members belong to the role that installs them, and no dump names it.
     */
    private static final String NAMED = """
            WITH named (classid, objid, role) AS (
                SELECT d.classid, d.objid, d.refobjid
                  FROM pg_catalog.pg_shdepend AS d
                  JOIN pg_catalog.pg_database AS b ON b.oid = d.dbid AND b.datname = pg_catalog.current_database()
                 WHERE d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
                   AND d.classid <> 'pg_catalog.pg_extension'::pg_catalog.regclass
                   AND d.deptype <> 'i'
                UNION ALL
                SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid, c.relowner
                  FROM pg_catalog.pg_class AS c
                  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
                 WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                UNION ALL
                SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, p.proowner
                  FROM pg_catalog.pg_proc AS p
                  JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
                 WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                UNION ALL
                SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid, n.nspowner
                  FROM pg_catalog.pg_namespace AS n
                 WHERE n.nspname NOT IN ('information_schema', 'public') AND n.nspname !~ '^pg_'
            )
            SELECT DISTINCT r.rolname::text COLLATE "C" AS name
              FROM named
              JOIN pg_catalog.pg_roles AS r ON r.oid = named.role AND r.rolname !~ '^pg_'
             WHERE NOT EXISTS (
                       SELECT 1 FROM pg_catalog.pg_depend AS d
                        WHERE d.classid = named.classid AND d.objid = named.objid AND d.deptype = 'e')
             ORDER BY name
            """;

    private static final String MISSING = """
            SELECT wanted.name
              FROM pg_catalog.unnest(?::text[]) WITH ORDINALITY AS wanted (name, position)
             WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles AS r WHERE r.rolname = wanted.name)
             ORDER BY wanted.position
            """;

    private DatabaseRoles() {}

    /**
     * Returns the roles that the connected database names, sorted, without the server's predefined roles
     * ({@code pg_…}).
     */
    public static List<String> of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(NAMED)) {
            return names(result);
        }
    }

    /** Returns the roles that don't exist on the connected server, in the given order. */
    public static List<String> missing(Connection connection, List<String> roles) throws SQLException {
        Array wanted = connection.createArrayOf("text", roles.toArray());
        try (PreparedStatement statement = connection.prepareStatement(MISSING)) {
            statement.setArray(1, wanted);
            try (ResultSet result = statement.executeQuery()) {
                return names(result);
            }
        } finally {
            wanted.free();
        }
    }

    private static List<String> names(ResultSet result) throws SQLException {
        List<String> names = new ArrayList<>();
        while (result.next()) {
            names.add(result.getString(1));
        }
        return List.copyOf(names);
    }
}
