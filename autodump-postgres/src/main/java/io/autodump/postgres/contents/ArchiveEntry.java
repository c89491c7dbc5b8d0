package io.autodump.postgres.contents;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An entry of an archive's contents list.
 *
 * @param id the number that {@code pg_restore --use-list} knows it by
 * @param kind in {@code pg_dump}'s words: {@code TABLE}, {@code FK CONSTRAINT}
 * @param schema unquoted; empty for what lies in no schema
 * @param name unquoted; what belongs to a table has the table's name before its own, for example {@code orders pk}
 * @param owner unquoted; empty for what has none
 * @param definition the SQL that creates it; empty if there is none
 * @param tablespace empty for the database's own
 * @param dependencies the ids of the entries that it needs
 */
public record ArchiveEntry(
        int id,
        String kind,
        String schema,
        String name,
        String owner,
        String definition,
        String tablespace,
        List<Integer> dependencies) {
    private static final Map<String, String> WORDS = Map.of(
            "FK CONSTRAINT", "foreign key",
            "ACL", "privileges",
            "DEFAULT ACL", "default privileges",
            "BLOB", "large object",
            "BLOBS", "large objects",
            "BLOB METADATA", "large objects",
            "TABLE DATA", "rows of table",
            "TABLE ATTACH", "partition",
            "SEQUENCE SET", "position of sequence");

    public ArchiveEntry {
        dependencies = List.copyOf(dependencies);
    }

    /** The kind in words for people. */
    public String kindInWords() {
        return WORDS.getOrDefault(kind, kind.toLowerCase(Locale.ROOT));
    }

    /** Kind and name for people; the kind isn't said twice. */
    @Override
    public String toString() {
        String qualified = schema.isEmpty() ? name : schema + "." + name;
        return name.startsWith(kind + " ") ? name : kindInWords() + " " + qualified;
    }
}
