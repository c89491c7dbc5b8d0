package io.autodump.postgres.globals;

import io.autodump.core.server.RoleMembership;
import io.autodump.core.server.RoleSetting;
import io.autodump.core.server.ServerRole;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The definitions of the roles that a database needs, from views and catalogues that every role may read; {@code
 * pg_authid}, which has the passwords, isn't read. Needed are the given roles, those that the database's own settings
 * and privileges name, its owner, and all that these are members of.
 */
public final class RoleDefinitions {
    private static final String NEEDED = """
            WITH RECURSIVE named AS (
                SELECT oid FROM pg_catalog.pg_roles WHERE rolname = ANY (?)
                UNION SELECT d.datdba FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
                UNION SELECT a.grantee FROM pg_catalog.pg_database d
                       CROSS JOIN LATERAL pg_catalog.aclexplode(d.datacl) a
                       WHERE d.datname = pg_catalog.current_database()
                UNION SELECT s.setrole FROM pg_catalog.pg_db_role_setting s
                        JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
                       WHERE d.datname = pg_catalog.current_database()
            ), needed (oid) AS (
                SELECT oid FROM named
                UNION SELECT m.roleid FROM needed JOIN pg_catalog.pg_auth_members m ON m.member = needed.oid
            ), found AS (
                SELECT r.* FROM needed JOIN pg_catalog.pg_roles r USING (oid) WHERE r.rolname !~ '{managed}'
            )""".replace("{managed}", ManagedRoles.REGEX);

    private static final String ROLES = NEEDED + """
            SELECT r.rolname, r.rolsuper, r.rolcreatedb, r.rolcreaterole, r.rolcanlogin, r.rolreplication,
                   r.rolbypassrls, r.rolinherit, r.rolconnlimit,
                   CASE WHEN r.rolvaliduntil = 'infinity' THEN 'infinity'
                        ELSE pg_catalog.to_char(r.rolvaliduntil AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"+00"') END,
                   pg_catalog.shobj_description(r.oid, 'pg_authid')
              FROM found r
             ORDER BY r.rolname COLLATE "C"
            """;

    private static final String SETTINGS = NEEDED + """
            SELECT r.rolname, pg_catalog.split_part(setting.text, '=', 1),
                   pg_catalog.substr(setting.text, pg_catalog.strpos(setting.text, '=') + 1)
              FROM found r
             CROSS JOIN LATERAL pg_catalog.unnest(r.rolconfig) WITH ORDINALITY AS setting (text, position)
             ORDER BY r.rolname, setting.position
            """;

    /** From version 16 on a membership can be granted by several roles, and has more options. */
    private static final String MEMBERSHIPS = NEEDED + """
            SELECT r.rolname, g.rolname, pg_catalog.bool_or(m.admin_option),
                   pg_catalog.bool_or((pg_catalog.to_jsonb(m) ->> 'inherit_option')::boolean),
                   pg_catalog.bool_or((pg_catalog.to_jsonb(m) ->> 'set_option')::boolean)
              FROM found r
              JOIN pg_catalog.pg_auth_members m ON m.member = r.oid
              JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
             GROUP BY r.rolname, g.rolname
             ORDER BY r.rolname, g.rolname COLLATE "C"
            """;

    private final Connection connection;
    private final Collection<String> roles;
    private final Map<String, ServerRole.Builder> found = new LinkedHashMap<>();

    private RoleDefinitions(Connection connection, Collection<String> roles) {
        this.connection = connection;
        this.roles = roles;
    }

    /** Reads them, sorted by name. */
    public static List<ServerRole> read(Connection connection, Collection<String> roles) throws SQLException {
        RoleDefinitions definitions = new RoleDefinitions(connection, roles);
        definitions.forEach(ROLES, definitions::role);
        definitions.forEach(SETTINGS, definitions::setting);
        definitions.forEach(MEMBERSHIPS, definitions::membership);
        return definitions.found.values().stream()
                .map(ServerRole.Builder::build)
                .toList();
    }

    /** Takes a row. */
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void forEach(String query, Row taken) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("text", roles.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    taken.take(rows);
                }
            }
        }
    }

    private void role(ResultSet row) throws SQLException {
        found.put(
                row.getString(1),
                ServerRole.builder()
                        .name(row.getString(1))
                        .superuser(row.getBoolean(2))
                        .createDatabase(row.getBoolean(3))
                        .createRole(row.getBoolean(4))
                        .login(row.getBoolean(5))
                        .replication(row.getBoolean(6))
                        .bypassRowSecurity(row.getBoolean(7))
                        .inherit(row.getBoolean(8))
                        .connectionLimit(row.getInt(9))
                        .validUntil(Optional.ofNullable(row.getString(10)))
                        .comment(Optional.ofNullable(row.getString(11))));
    }

    private void setting(ResultSet row) throws SQLException {
        ServerRole.Builder role = found.get(row.getString(1));
        if (role != null) {
            role.addSettings(new RoleSetting(row.getString(2), row.getString(3)));
        }
    }

    private void membership(ResultSet row) throws SQLException {
        ServerRole.Builder role = found.get(row.getString(1));
        if (role != null) {
            role.addMemberships(RoleMembership.builder()
                    .group(row.getString(2))
                    .admin(row.getBoolean(3))
                    .inherit(Optional.ofNullable((Boolean) row.getObject(4)))
                    .set(Optional.ofNullable((Boolean) row.getObject(5)))
                    .build());
        }
    }
}
