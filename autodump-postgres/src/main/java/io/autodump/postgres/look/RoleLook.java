package io.autodump.postgres.look;

import io.autodump.core.error.Hints;
import io.autodump.core.restore.SkippableKind;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.contents.ArchiveEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds roles that a restore without owners and privileges needs all the same, and the server doesn't have. */
final class RoleLook {
    private static final Pattern POLICY_TO = Pattern.compile(
            " TO ((?:\"(?:[^\"]|\"\")+\"|[^\\s,;]+)" + "(?:, (?:\"(?:[^\"]|\"\")+\"|[^\\s,;]+))*);?\\s*$");
    private static final Pattern POLICY_CONDITION = Pattern.compile(" (?:USING|WITH CHECK) \\(");
    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^\\s,;]+)");
    private static final Pattern MAPPING = Pattern.compile("USER MAPPING (.+?) SERVER .*");

    private final Obstacles obstacles;
    private final Set<String> missing;

    /**
     * Nothing is looked for yet.
     *
     * @param missing the roles of the dump that the server won't have
     */
    RoleLook(Obstacles obstacles, Set<String> missing) {
        this.obstacles = obstacles;
        this.missing = missing;
    }

    void run(List<ArchiveEntry> entries, List<String> rolesInRows) {
        for (ArchiveEntry entry : entries) {
            switch (entry.kind()) {
                case "POLICY" ->
                    rolesOfPolicy(entry.definition())
                            .forEach(role ->
                                    need(role, "policy " + entry.name() + " is for it", SkippableKind.POLICIES));
                case "USER MAPPING" -> {
                    Matcher mapping = MAPPING.matcher(entry.name());
                    if (mapping.matches()) {
                        need(mapping.group(1), "a user mapping is for it", SkippableKind.USER_MAPPINGS);
                    }
                }
                default -> {}
            }
        }
        boolean hasRows = entries.stream().anyMatch(entry -> entry.kind().equals("TABLE DATA"));
        if (hasRows) {
            rolesInRows.stream()
                    .filter(missing::contains)
                    .forEach(role -> obstacles.add(
                            "role",
                            role,
                            "values of type regrole in tables name it, and the server doesn't have it",
                            remedy(role)));
        }
    }

    private void need(String role, String why, SkippableKind kind) {
        if (missing.contains(role)) {
            obstacles.add("role", role, why + ", and the server doesn't have it", remedy(role), kind);
        }
    }

    private static String remedy(String role) {
        return Hints.CREATE_ROLES + ", or CREATE ROLE " + Sql.identifier(role);
    }

    /** The roles that a policy names; empty for a policy for everybody. */
    static List<String> rolesOfPolicy(String definition) {
        Matcher condition = POLICY_CONDITION.matcher(definition);
        String head = condition.find() ? definition.substring(0, condition.start()) : definition;
        Matcher to = POLICY_TO.matcher(head);
        List<String> roles = new ArrayList<>();
        if (to.find()) {
            Matcher name = NAME.matcher(to.group(1));
            while (name.find()) {
                roles.add(name.group(1) == null ? name.group(2) : name.group(1).replace("\"\"", "\""));
            }
        }
        return roles;
    }
}
