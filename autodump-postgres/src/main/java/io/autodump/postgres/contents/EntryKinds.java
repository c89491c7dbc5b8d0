package io.autodump.postgres.contents;

import io.autodump.core.restore.SkippableKind;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code pg_dump} calls things, and which of them belong together. */
public final class EntryKinds {
    /** What a pattern of tables can name. */
    static final Set<String> RELATIONS = Set.of("TABLE", "FOREIGN TABLE", "VIEW", "MATERIALIZED VIEW", "SEQUENCE");

    /** What follows the object that it belongs to. */
    static final Set<String> PARTS = Set.of(
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
            "ROW SECURITY",
            "RULE",
            "SECURITY LABEL",
            "SEQUENCE OWNED BY",
            "SEQUENCE SET",
            "STATISTICS",
            "STATISTICS DATA",
            "TABLE ATTACH",
            "TABLE DATA",
            "TRIGGER");

    /** What ties two objects together: without one of them it goes, and the other stays. */
    static final Set<String> TIES = Set.of(
            "FK CONSTRAINT", "INDEX ATTACH", "PUBLICATION TABLE", "PUBLICATION TABLES IN SCHEMA", "TABLE ATTACH");

    /** Rows and positions, not definitions. */
    static final Set<String> DATA =
            Set.of("BLOB", "BLOB METADATA", "BLOBS", "SEQUENCE SET", "STATISTICS DATA", "TABLE DATA");

    /** Settings of the session that restores, and the database itself, which a restore creates by other means. */
    static final Set<String> SESSION =
            Set.of("ENCODING", "STDSTRINGS", "SEARCHPATH", "DATABASE", "DATABASE PROPERTIES");

    private static final Pattern LANGUAGE = Pattern.compile("(?m)^    LANGUAGE (\\w+)");
    private static final Set<String> UNTRUSTED_LANGUAGES =
            Set.of("c", "internal", "plperlu", "plpython3u", "plpythonu", "plr", "pltclu");
    private static final Set<String> BY_SUPERUSERS = Set.of(
            "ACCESS METHOD",
            "OPERATOR CLASS",
            "OPERATOR FAMILY",
            "PROCEDURAL LANGUAGE",
            "SHELL TYPE",
            "TEXT SEARCH PARSER",
            "TEXT SEARCH TEMPLATE");

    private static final Map<SkippableKind, Set<String>> SKIPPED = Map.ofEntries(
            Map.entry(SkippableKind.COMMENTS, Set.of("COMMENT")),
            Map.entry(SkippableKind.DEFAULT_PRIVILEGES, Set.of("DEFAULT ACL")),
            Map.entry(SkippableKind.EVENT_TRIGGERS, Set.of("EVENT TRIGGER")),
            Map.entry(SkippableKind.EXTENSIONS, Set.of("EXTENSION")),
            Map.entry(SkippableKind.FOREIGN_KEYS, Set.of("FK CONSTRAINT")),
            Map.entry(SkippableKind.FOREIGN_SERVERS, Set.of("FOREIGN DATA WRAPPER", "SERVER")),
            Map.entry(SkippableKind.FOREIGN_TABLES, Set.of("FOREIGN TABLE")),
            Map.entry(SkippableKind.INDEXES, Set.of("INDEX", "INDEX ATTACH")),
            Map.entry(SkippableKind.LARGE_OBJECTS, Set.of("BLOB", "BLOBS", "BLOB METADATA")),
            Map.entry(SkippableKind.MATERIALIZED_VIEW_DATA, Set.of("MATERIALIZED VIEW DATA")),
            Map.entry(SkippableKind.POLICIES, Set.of("POLICY")),
            Map.entry(SkippableKind.PRIVILEGES, Set.of("ACL", "DEFAULT ACL")),
            Map.entry(
                    SkippableKind.PUBLICATIONS,
                    Set.of("PUBLICATION", "PUBLICATION TABLE", "PUBLICATION TABLES IN SCHEMA")),
            Map.entry(SkippableKind.RULES, Set.of("RULE")),
            Map.entry(SkippableKind.SECURITY_LABELS, Set.of("SECURITY LABEL")),
            Map.entry(SkippableKind.SUBSCRIPTIONS, Set.of("SUBSCRIPTION", "SUBSCRIPTION TABLE")),
            Map.entry(SkippableKind.TRIGGERS, Set.of("TRIGGER")),
            Map.entry(SkippableKind.USER_MAPPINGS, Set.of("USER MAPPING")));

    private EntryKinds() {}

    /** Whether an entry sets up the session that restores, or the database itself. */
    public static boolean isOfSession(ArchiveEntry entry) {
        return SESSION.contains(entry.kind());
    }

    /** Whether an entry is of the kind. */
    public static boolean is(ArchiveEntry entry, SkippableKind kind) {
        return switch (kind) {
            case EXTENSION_COMMENTS -> isExtensionComment(entry);
            case SUPERUSER_OBJECTS -> isBySuperuser(entry);
            default -> SKIPPED.getOrDefault(kind, Set.of()).contains(entry.kind());
        };
    }

    private static boolean isExtensionComment(ArchiveEntry entry) {
        return entry.kind().equals("COMMENT") && entry.name().startsWith("EXTENSION ");
    }

    /** A cast takes the owner of one of its types, and those of PostgreSQL itself are named without a schema. */
    private static boolean isOfBuiltInTypes(String cast) {
        return !cast.contains(".");
    }

    private static boolean isInUntrustedLanguage(String definition) {
        Matcher language = LANGUAGE.matcher(definition);
        return language.find() && UNTRUSTED_LANGUAGES.contains(language.group(1));
    }

    private static boolean isBySuperuser(ArchiveEntry entry) {
        String definition = entry.definition();
        return switch (entry.kind()) {
            case "FUNCTION", "PROCEDURE" -> isInUntrustedLanguage(definition);
            case "TYPE" -> definition.contains("\n    INPUT = ") || definition.matches("CREATE TYPE [^(]*;\\s*");
            case "CAST" -> definition.contains("WITHOUT FUNCTION") || isOfBuiltInTypes(entry.name());
            default -> BY_SUPERUSERS.contains(entry.kind());
        };
    }
}
