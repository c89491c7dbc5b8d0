package io.autodump.postgres.role;

import io.autodump.core.server.RoleMembership;
import io.autodump.core.server.ServerRole;
import io.autodump.postgres.connection.SettingValue;
import io.autodump.postgres.connection.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The SQL that makes a role like the dumped one, without a password. */
final class RoleStatements {
    private static final int FIRST_WITH_OPTIONS = 16;

    private final ServerRole role;
    private final String name;

    RoleStatements(ServerRole role) {
        this.role = role;
        this.name = Sql.quoted(role.name());
    }

    /** Creates it, with what any role that may create roles can give. */
    String creation(boolean login) {
        return "CREATE ROLE " + name + (login && role.login() ? " LOGIN" : " NOLOGIN")
                + (role.inherit() ? "" : " NOINHERIT")
                + (role.connectionLimit() == ServerRole.UNLIMITED ? "" : " CONNECTION LIMIT " + role.connectionLimit())
                + role.validUntil()
                        .map(instant -> " VALID UNTIL " + Sql.literal(instant))
                        .orElse("");
    }

    /** What a server may refuse, one statement each. */
    List<String> extras() {
        List<String> statements = new ArrayList<>();
        attribute(role.superuser(), "SUPERUSER").ifPresent(statements::add);
        attribute(role.createDatabase(), "CREATEDB").ifPresent(statements::add);
        attribute(role.createRole(), "CREATEROLE").ifPresent(statements::add);
        attribute(role.replication(), "REPLICATION").ifPresent(statements::add);
        attribute(role.bypassRowSecurity(), "BYPASSRLS").ifPresent(statements::add);
        role.settings()
                .forEach(setting -> statements.add(
                        "ALTER ROLE " + name + " SET " + SettingValue.assignment(setting.name(), setting.value())));
        role.comment().ifPresent(comment -> statements.add("COMMENT ON ROLE " + name + " IS " + Sql.literal(comment)));
        return statements;
    }

    private Optional<String> attribute(boolean has, String keyword) {
        return has ? Optional.of("ALTER ROLE " + name + " " + keyword) : Optional.empty();
    }

    /** Makes it a member. */
    String grant(RoleMembership membership, int serverMajor) {
        String grant = "GRANT " + Sql.quoted(membership.group()) + " TO " + name;
        if (serverMajor < FIRST_WITH_OPTIONS) {
            return grant + (membership.admin() ? " WITH ADMIN OPTION" : "");
        }
        List<String> options = new ArrayList<>();
        if (membership.admin()) {
            options.add("ADMIN TRUE");
        }
        membership.inherit().ifPresent(inherit -> options.add("INHERIT " + (inherit ? "TRUE" : "FALSE")));
        membership.set().ifPresent(set -> options.add("SET " + (set ? "TRUE" : "FALSE")));
        return grant + (options.isEmpty() ? "" : " WITH " + String.join(", ", options));
    }
}
