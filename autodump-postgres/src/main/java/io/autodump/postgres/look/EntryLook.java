package io.autodump.postgres.look;

import io.autodump.core.restore.SkippableKind;
import io.autodump.postgres.contents.ArchiveEntry;
import io.autodump.postgres.contents.EntryKinds;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the entries that the server's version can't take, and those that only a superuser can restore. */
final class EntryLook {
    private static final int FIRST_WITH_SUBSCRIBERS = 16;
    private static final int FIRST_WITH_RUN_AS_OWNER = 16;
    private static final String AS_SUPERUSER = "restore as a superuser";
    private static final Pattern SUPERUSER_OPTION =
            Pattern.compile("password_required '(?:false|off|no|0)'|sslcert '|sslkey '");
    private static final Pattern FILE_OPTION = Pattern.compile("(?m)^    (filename|program) '");

    private final TargetServer server;
    private final Obstacles obstacles;
    private final List<String> remarks;

    EntryLook(TargetServer server, Obstacles obstacles, List<String> remarks) {
        this.server = server;
        this.obstacles = obstacles;
        this.remarks = remarks;
    }

    void run(List<ArchiveEntry> entries) throws SQLException {
        if (server.major() < FIRST_WITH_RUN_AS_OWNER) {
            entries.stream().filter(EntryLook::hasNewerOption).forEach(this::addNewer);
        }
        if (server.isSuperuser()) {
            return;
        }
        for (ArchiveEntry entry : entries) {
            Optional<SkippableKind> kind = forSuperusers(entry);
            if (kind.isPresent()) {
                add(entry, kind.get());
            }
        }
    }

    /** Newer clients write the option for every subscription of an older server, which has no such option. */
    private static boolean hasNewerOption(ArchiveEntry entry) {
        return entry.kind().equals("SUBSCRIPTION") && entry.definition().contains(", run_as_owner = true");
    }

    private void addNewer(ArchiveEntry entry) {
        obstacles.add(
                entry.kindInWords(),
                entry.name(),
                "the client that wrote the dump is newer than the target server, and wrote an option that the server"
                        + " doesn't know (run_as_owner)",
                "dump with client programs of the server's version",
                SkippableKind.SUBSCRIPTIONS);
    }

    private void add(ArchiveEntry entry, SkippableKind kind) {
        if (server.isManaged()) {
            remarks.add(entry + ": PostgreSQL lets a superuser alone create it; the service may let its administrator");
        } else {
            obstacles.add(entry.kindInWords(), entry.name(), "a superuser alone can create it", AS_SUPERUSER, kind);
        }
    }

    private Optional<SkippableKind> forSuperusers(ArchiveEntry entry) throws SQLException {
        String definition = entry.definition();
        return switch (entry.kind()) {
            case "EVENT TRIGGER" -> Optional.of(SkippableKind.EVENT_TRIGGERS);
            case "PUBLICATION TABLES IN SCHEMA" -> Optional.of(SkippableKind.PUBLICATIONS);
            case "PUBLICATION" -> when(definition.contains(" FOR ALL "), SkippableKind.PUBLICATIONS);
            case "SUBSCRIPTION" -> when(!maySubscribe(), SkippableKind.SUBSCRIPTIONS);
            case "FOREIGN DATA WRAPPER" -> Optional.of(SkippableKind.FOREIGN_SERVERS);
            case "USER MAPPING" -> when(SUPERUSER_OPTION.matcher(definition).find(), SkippableKind.USER_MAPPINGS);
            case "FOREIGN TABLE" -> when(readsFiles(definition), SkippableKind.FOREIGN_TABLES);
            default -> when(EntryKinds.is(entry, SkippableKind.SUPERUSER_OBJECTS), SkippableKind.SUPERUSER_OBJECTS);
        };
    }

    private static Optional<SkippableKind> when(boolean condition, SkippableKind kind) {
        return condition ? Optional.of(kind) : Optional.empty();
    }

    private boolean maySubscribe() throws SQLException {
        return server.major() >= FIRST_WITH_SUBSCRIBERS && server.isMemberOf("pg_create_subscription");
    }

    private boolean readsFiles(String definition) throws SQLException {
        Matcher option = FILE_OPTION.matcher(definition);
        if (!option.find()) {
            return false;
        }
        return !server.isMemberOf(
                option.group(1).equals("program") ? "pg_execute_server_program" : "pg_read_server_files");
    }
}
