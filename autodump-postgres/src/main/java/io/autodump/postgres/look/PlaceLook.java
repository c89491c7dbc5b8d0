package io.autodump.postgres.look;

import io.autodump.core.error.Hints;
import io.autodump.core.restore.SkippableKind;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.contents.ArchiveEntry;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds collations, tablespaces and tables that the target doesn't have. */
final class PlaceLook {
    private static final Set<String> WITH_COLUMNS =
            Set.of("CONSTRAINT", "DOMAIN", "FOREIGN TABLE", "INDEX", "MATERIALIZED VIEW", "TABLE", "TYPE", "VIEW");
    private static final Pattern PREDEFINED = Pattern.compile("COLLATE pg_catalog\\.(?:\"((?:[^\"]|\"\")+)\"|(\\w+))");
    /** The options of a collation as pg_dump writes them, and nothing else: they are tried on the server. */
    private static final Pattern OPTIONS =
            Pattern.compile(" \\((?:\\w+ = (?:'(?:[^'\\\\]|'')*'|\\w+)(?:, )?)+\\);\\s*$");

    private final TargetServer server;
    private final Obstacles obstacles;

    PlaceLook(TargetServer server, Obstacles obstacles) {
        this.server = server;
        this.obstacles = obstacles;
    }

    void run(List<ArchiveEntry> entries, boolean withTablespaces) throws SQLException {
        predefinedCollations(entries);
        ownCollations(entries);
        if (withTablespaces) {
            tablespaces(entries);
        }
    }

    private void predefinedCollations(List<ArchiveEntry> entries) throws SQLException {
        Set<String> names = new TreeSet<>();
        for (ArchiveEntry entry : entries) {
            if (WITH_COLUMNS.contains(entry.kind())) {
                Matcher collation = PREDEFINED.matcher(entry.definition());
                while (collation.find()) {
                    names.add(collation.group(1) == null ? collation.group(2) : collation.group(1));
                }
            }
        }
        for (String name : server.missingCollations(names)) {
            obstacles.add(
                    "collation",
                    name,
                    "the target server doesn't have it",
                    "install the locale on the target's machine, then SELECT"
                            + " pg_import_system_collations('pg_catalog') in template0 or in the target");
        }
    }

    /** Creates each where only this session would see it, and takes it back. */
    private void ownCollations(List<ArchiveEntry> entries) throws SQLException {
        for (ArchiveEntry entry : entries) {
            Matcher options = OPTIONS.matcher(entry.definition());
            if (entry.kind().equals("COLLATION") && options.find()) {
                Optional<String> refused = server.tried("CREATE COLLATION pg_temp.autodump_look" + options.group());
                refused.ifPresent(why -> obstacles.add(
                        "collation",
                        entry.schema() + "." + entry.name(),
                        "the target server can't create it: " + why,
                        "install the locale on the target's machine"));
            }
        }
    }

    private void tablespaces(List<ArchiveEntry> entries) throws SQLException {
        Set<String> names = entries.stream()
                .map(ArchiveEntry::tablespace)
                .filter(name -> !name.isEmpty() && !name.equals("pg_default"))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : server.missingTablespaces(names)) {
            obstacles.add(
                    "tablespace",
                    name,
                    "the target server doesn't have it, or the user may create nothing in it",
                    "CREATE TABLESPACE " + Sql.identifier(name) + " LOCATION '…'",
                    SkippableKind.TABLESPACES);
        }
    }

    /** For a restore of rows alone. */
    void tables(List<ArchiveEntry> entries) throws SQLException {
        Set<String> names = entries.stream()
                .filter(entry -> entry.kind().equals("TABLE DATA"))
                .map(entry -> Sql.quoted(entry.schema()) + "." + Sql.quoted(entry.name()))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : server.missingTables(names)) {
            obstacles.add("table", name, "rows alone are restored, and the target doesn't have it", Hints.SCHEMA_FIRST);
        }
    }
}
