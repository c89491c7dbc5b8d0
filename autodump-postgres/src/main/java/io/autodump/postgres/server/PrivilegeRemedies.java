package io.autodump.postgres.server;

import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.server.PrivilegeQuery.Finding;
import io.autodump.postgres.server.PrivilegeQuery.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the statements that grant missing privileges. */
final class PrivilegeRemedies {
    /** The first version with the predefined role pg_read_all_data. */
    private static final int FIRST_WITH_READ_ALL_DATA = 14;

    private static final int NAMED = 5;

    private PrivilegeRemedies() {}

    /**
     * Returns the missing privileges.
     *
     * @param loginRole the user of the secret
     * @param actingRole the role whose privileges count; another one if a setting of the user contains {@code role}
     */
    static MissingPrivileges of(List<Finding> findings, String loginRole, String actingRole, int serverMajor) {
        String user = Sql.identifier(actingRole);
        List<String> remedies = new ArrayList<>();
        if (has(findings, Kind.SCHEMA) || has(findings, Kind.RELATION) || has(findings, Kind.SEQUENCE)) {
            if (serverMajor >= FIRST_WITH_READ_ALL_DATA) {
                remedies.add("GRANT pg_read_all_data TO " + user);
            } else {
                remedies.addAll(grantsOneByOne(findings, user));
            }
        }
        if (has(findings, Kind.LARGE_OBJECT)) {
            remedies.add("GRANT SELECT ON LARGE OBJECT " + names(findings, Kind.LARGE_OBJECT) + " TO " + user);
        }
        if (has(findings, Kind.ROW_SECURITY)) {
            remedies.add("ALTER ROLE " + user + " BYPASSRLS (or dump as the owner of "
                    + names(findings, Kind.ROW_SECURITY) + ")");
        }
        if (has(findings, Kind.FORCED_ROW_SECURITY)) {
            remedies.add("ALTER ROLE " + user + " BYPASSRLS (or ALTER TABLE … NO FORCE ROW LEVEL SECURITY for "
                    + names(findings, Kind.FORCED_ROW_SECURITY) + ")");
        }
        if (!findings.isEmpty() && !actingRole.equals(loginRole)) {
            remedies.add("or let " + Sql.identifier(loginRole) + " act as itself, not as " + user + ": ALTER ROLE "
                    + Sql.identifier(loginRole) + " RESET role");
        }
        return new MissingPrivileges(
                findings.stream().map(PrivilegeRemedies::describe).toList(), remedies);
    }

    private static List<String> grantsOneByOne(List<Finding> findings, String user) {
        List<String> grants = new ArrayList<>();
        if (has(findings, Kind.SCHEMA)) {
            grants.add("GRANT USAGE ON SCHEMA " + schemas(findings, Kind.SCHEMA) + " TO " + user);
        }
        if (has(findings, Kind.RELATION)) {
            grants.add("GRANT SELECT ON ALL TABLES IN SCHEMA " + schemas(findings, Kind.RELATION) + " TO " + user);
        }
        if (has(findings, Kind.SEQUENCE)) {
            grants.add("GRANT SELECT ON ALL SEQUENCES IN SCHEMA " + schemas(findings, Kind.SEQUENCE) + " TO " + user);
        }
        return grants;
    }

    private static String describe(Finding finding) {
        return switch (finding.kind()) {
            case SCHEMA -> "schema " + finding.name() + " (USAGE)";
            case RELATION -> "table " + finding.name();
            case SEQUENCE, LARGE_OBJECT ->
                finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + finding.name();
            case ROW_SECURITY, FORCED_ROW_SECURITY -> "table " + finding.name() + " (row-level security hides rows)";
        };
    }

    private static boolean has(List<Finding> findings, Kind kind) {
        return findings.stream().anyMatch(finding -> finding.kind() == kind);
    }

    private static String schemas(List<Finding> findings, Kind kind) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .map(Finding::schema)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String names(List<Finding> findings, Kind kind) {
        List<String> names = findings.stream()
                .filter(finding -> finding.kind() == kind)
                .map(Finding::name)
                .toList();
        String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() <= NAMED ? shown : shown + ", …";
    }
}
