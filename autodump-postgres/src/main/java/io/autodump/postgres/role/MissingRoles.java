package io.autodump.postgres.role;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.restore.RoleCreation;
import io.autodump.core.server.RoleMembership;
import io.autodump.core.server.ServerNeeds;
import io.autodump.core.server.ServerRole;
import io.autodump.postgres.connection.ServerReason;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.globals.ManagedRoles;
import io.autodump.postgres.server.DatabaseRoles;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The roles that a dump needs and a server doesn't have. Roles that are there are never changed. */
public final class MissingRoles {
    private static final String DUPLICATE = "42710";
    private static final String IS_SUPERUSER = "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user";

    private final List<ServerRole> roles;
    private final List<ServerRole> all;

    private MissingRoles(List<ServerRole> roles, List<ServerRole> all) {
        this.roles = List.copyOf(roles);
        this.all = List.copyOf(all);
    }

    /** Looks which are missing. Roles of managed services are never created, so they aren't among them. */
    public static MissingRoles of(Connection connection, DumpManifest manifest) throws SQLException {
        Map<String, ServerRole> needed = new LinkedHashMap<>();
        manifest.roles().stream()
                .filter(name -> !ManagedRoles.isOne(name))
                .forEach(
                        name -> needed.put(name, ServerRole.builder().name(name).build()));
        List<ServerRole> defined =
                manifest.serverNeeds().map(ServerNeeds::roles).orElse(List.of());
        defined.stream()
                .filter(role -> !ManagedRoles.isOne(role.name()))
                .forEach(role -> needed.put(role.name(), role));
        List<String> missing = DatabaseRoles.missing(connection, List.copyOf(needed.keySet()));
        return new MissingRoles(
                needed.values().stream()
                        .filter(role -> missing.contains(role.name()))
                        .toList(),
                List.copyOf(needed.values()));
    }

    /** Their names. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        roles.forEach(role -> names.add(role.name()));
        return names;
    }

    /**
     * Creates them, with their attributes, settings, comments and memberships. A user who isn't a superuser becomes a
     * member, which setting an owner takes.
     *
     * @return what the server refused, a sentence each
     * @throws SQLException if a role can't be created; those before it were
     */
    public List<String> create(Connection connection, RoleCreation creation) throws SQLException {
        List<String> warnings = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            boolean superuser = isSuperuser(statement);
            for (ServerRole role : roles) {
                create(statement, role, creation);
                if (!superuser) {
                    statement.execute("GRANT " + Sql.quoted(role.name()) + " TO CURRENT_USER");
                }
            }
            for (String sql : refinements(connection.getMetaData().getDatabaseMajorVersion())) {
                attempt(statement, sql).ifPresent(warnings::add);
            }
        }
        return warnings;
    }

    private static void create(Statement statement, ServerRole role, RoleCreation creation) throws SQLException {
        try {
            statement.execute(new RoleStatements(role).creation(creation == RoleCreation.LOGIN));
        } catch (SQLException refused) {
            // Another restore was faster.
            if (!DUPLICATE.equals(refused.getSQLState())) {
                throw refused;
            }
        }
    }

    private List<String> refinements(int serverMajor) {
        Set<String> created = names();
        List<String> statements = new ArrayList<>();
        roles.forEach(role -> statements.addAll(new RoleStatements(role).extras()));
        for (ServerRole role : all) {
            for (RoleMembership membership : role.memberships()) {
                if (created.contains(role.name()) || created.contains(membership.group())) {
                    statements.add(new RoleStatements(role).grant(membership, serverMajor));
                }
            }
        }
        return statements;
    }

    private static Optional<String> attempt(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return Optional.empty();
        } catch (SQLException refused) {
            return Optional.of("not restored: " + sql + " (" + ServerReason.of(refused) + ")");
        }
    }

    private static boolean isSuperuser(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(IS_SUPERUSER)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
