package io.autodump.postgres.look;

import io.autodump.core.error.Hints;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.contents.ArchiveEntry;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds owners that a user who isn't a superuser can't set, and places where the user can't create. */
final class OwnerLook {
    private static final String NO_OWNER = Hints.NO_OWNERS + ": everything then belongs to the restoring user";
    /** Kinds whose owner follows from their table's, or that have none on the server. */
    private static final Set<String> WITHOUT_OWN_OWNER = Set.of(
            "ACL",
            "CHECK CONSTRAINT",
            "COMMENT",
            "CONSTRAINT",
            "DEFAULT",
            "FK CONSTRAINT",
            "INDEX",
            "INDEX ATTACH",
            "MATERIALIZED VIEW DATA",
            "POLICY",
            "PUBLICATION TABLE",
            "ROW SECURITY",
            "RULE",
            "SECURITY LABEL",
            "SEQUENCE OWNED BY",
            "SEQUENCE SET",
            "STATISTICS DATA",
            "TABLE ATTACH",
            "TABLE DATA",
            "TRIGGER",
            "USER MAPPING");

    private final TargetServer server;
    private final Obstacles obstacles;

    OwnerLook(TargetServer server, Obstacles obstacles) {
        this.server = server;
        this.obstacles = obstacles;
    }

    /**
     * Looks.
     *
     * @param keepsOwners whether owners are restored
     */
    void run(List<ArchiveEntry> entries, boolean keepsOwners) throws SQLException {
        places(entries);
        if (!keepsOwners || server.isSuperuser()) {
            return;
        }
        Map<String, List<ArchiveEntry>> owned = entries.stream()
                .filter(entry -> !entry.owner().isEmpty() && !entry.owner().startsWith("pg_"))
                .filter(entry -> !WITHOUT_OWN_OWNER.contains(entry.kind()))
                .collect(Collectors.groupingBy(ArchiveEntry::owner, TreeMap::new, Collectors.toList()));
        List<String> notSettable = server.notSettable(owned.keySet());
        if (!notSettable.isEmpty()) {
            String roles = notSettable.stream().map(Sql::identifier).collect(Collectors.joining(", "));
            obstacles.add(
                    "owner",
                    String.join(", ", notSettable),
                    "user " + server.user() + " isn't a member, and so can't make it an owner",
                    NO_OWNER + "; or GRANT " + roles + " TO " + Sql.identifier(server.user()));
        }
        Set<String> settable = new TreeSet<>(owned.keySet());
        settable.removeAll(notSettable);
        settable.remove(server.user());
        requireCreate(entries, owned, settable);
    }

    /** A role that becomes an owner must be allowed to create in the schema; privileges are restored afterwards. */
    private void requireCreate(List<ArchiveEntry> entries, Map<String, List<ArchiveEntry>> owned, Set<String> roles)
            throws SQLException {
        Map<String, String> owners = entries.stream()
                .filter(entry -> entry.kind().equals("SCHEMA"))
                .collect(Collectors.toMap(ArchiveEntry::name, ArchiveEntry::owner, (one, other) -> one));
        for (String role : roles) {
            Set<String> schemas = owned.getOrDefault(role, List.of()).stream()
                    .map(ArchiveEntry::schema)
                    .filter(schema -> !schema.isEmpty() && !role.equals(owners.get(schema)))
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String schema : schemas) {
                if (!server.withoutCreate(schema, Set.of(role)).isEmpty()) {
                    obstacles.add(
                            "owner",
                            role,
                            "it may create nothing in schema " + schema + ", and so only a superuser can give it what"
                                    + " lies there",
                            NO_OWNER);
                }
            }
        }
    }

    private void places(List<ArchiveEntry> entries) throws SQLException {
        Set<String> created = entries.stream()
                .filter(entry -> entry.kind().equals("SCHEMA"))
                .map(ArchiveEntry::name)
                .collect(Collectors.toCollection(HashSet::new));
        boolean needsDatabase = entries.stream()
                .filter(entry -> Set.of("SCHEMA", "PUBLICATION", "EXTENSION").contains(entry.kind()))
                .anyMatch(entry -> !entry.name().equals("public"));
        if (needsDatabase && !server.mayCreateInDatabase()) {
            obstacles.add(
                    "privilege",
                    "CREATE",
                    "the user may not create schemas, extensions and publications in the target database",
                    "GRANT CREATE ON DATABASE … TO " + Sql.identifier(server.user()));
        }
        Set<String> used = entries.stream()
                .filter(entry -> !WITHOUT_OWN_OWNER.contains(entry.kind())
                        && !entry.kind().equals("SCHEMA"))
                .map(ArchiveEntry::schema)
                .filter(schema -> !schema.isEmpty() && (!created.contains(schema) || schema.equals("public")))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String schema : used) {
            if (server.hasSchema(schema) && !server.mayCreateIn(schema)) {
                obstacles.add(
                        "privilege",
                        "CREATE",
                        "the user may create nothing in schema " + schema + " of the target database",
                        "GRANT CREATE ON SCHEMA " + Sql.identifier(schema) + " TO " + Sql.identifier(server.user()));
            }
        }
    }
}
