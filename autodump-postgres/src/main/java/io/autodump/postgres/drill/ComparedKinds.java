package io.autodump.postgres.drill;

import io.autodump.postgres.contents.ArchiveEntry;
import io.autodump.postgres.contents.EntryKinds;
import java.util.Set;

/** Which entries of a contents list are definitions that a dump of the same database without rows has too. */
final class ComparedKinds {
    /** Rows, positions of sequences, and commands that fill what was defined. */
    private static final Set<String> DATA = Set.of(
            "BLOB",
            "BLOB METADATA",
            "BLOBS",
            "MATERIALIZED VIEW DATA",
            "SEQUENCE SET",
            "STATISTICS DATA",
            "SUBSCRIPTION TABLE",
            "TABLE DATA");

    private ComparedKinds() {}

    /** Large objects come with the rows; the schema public and the database are there before the restore. */
    static boolean isCompared(ArchiveEntry entry) {
        return !DATA.contains(entry.kind())
                && !EntryKinds.isOfSession(entry)
                && !entry.name().startsWith("LARGE OBJECT")
                && !entry.name().startsWith("DATABASE ")
                && !entry.name().equals("SCHEMA public")
                && !(entry.kind().equals("SCHEMA") && entry.name().equals("public"));
    }
}
