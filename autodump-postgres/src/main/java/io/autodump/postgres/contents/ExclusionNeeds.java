package io.autodump.postgres.contents;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What exclusion constraints need besides their tables. The contents list doesn't say it: the server records it for a
 * constraint's index, and {@code pg_dump} lists such an index with its constraint.
 *
 * <p>A definition names functions, operators, collations and types, and these are what it needs. It rarely names the
 * operator class, and never the extension that has it: so a constraint takes every extension, operator class, operator
 * family and access method. Some are too many, but none is missing.
 */
final class ExclusionNeeds {
    /** Keys and unique constraints without overlaps are the same to the server. */
    private static final Pattern EXCLUSION = Pattern.compile(" EXCLUDE USING | WITHOUT OVERLAPS\\)");

    private static final Set<String> UNNAMED =
            Set.of("ACCESS METHOD", "EXTENSION", "OPERATOR CLASS", "OPERATOR FAMILY");
    private static final Set<String> NAMED =
            Set.of("COLLATION", "DOMAIN", "FUNCTION", "OPERATOR", "TEXT SEARCH CONFIGURATION", "TYPE");

    private ExclusionNeeds() {}

    /** By the id of a constraint, the ids of what it needs. */
    static Map<Integer, Set<Integer>> of(List<ArchiveEntry> entries) {
        Map<Integer, Set<Integer>> needs = new HashMap<>();
        for (ArchiveEntry entry : entries) {
            if (entry.kind().equals("CONSTRAINT")
                    && EXCLUSION.matcher(entry.definition()).find()) {
                String definition = withoutQuotes(entry.definition());
                needs.put(
                        entry.id(),
                        entries.stream()
                                .filter(other -> UNNAMED.contains(other.kind()) || isNamed(other, definition))
                                .map(ArchiveEntry::id)
                                .collect(Collectors.toSet()));
            }
        }
        return needs;
    }

    private static boolean isNamed(ArchiveEntry entry, String definition) {
        return NAMED.contains(entry.kind())
                && definition.contains(
                        withoutQuotes(entry.schema() + "." + entry.name().replaceFirst("\\(.*", "(")));
    }

    /** Which names are quoted differs between servers. */
    private static String withoutQuotes(String text) {
        return text.replace("\"", "");
    }
}
