package io.autodump.postgres.contents;

import io.autodump.postgres.server.NamePattern;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A pattern of tables or schemas, as in tags. A table's pattern without a schema matches in every schema. */
final class NameFilter {
    private final String text;
    private final Optional<Pattern> schema;
    private final Pattern name;

    private NameFilter(String text) {
        NamePattern parsed = NamePattern.parse(text);
        this.text = text;
        this.schema = parsed.schema().map(Pattern::compile);
        this.name = Pattern.compile(parsed.name());
    }

    static List<NameFilter> of(List<String> patterns) {
        return patterns.stream().map(NameFilter::new).toList();
    }

    boolean matchesRelation(ArchiveEntry entry) {
        return EntryKinds.RELATIONS.contains(entry.kind())
                && name.matcher(entry.name()).matches()
                && schema.map(wanted -> wanted.matcher(entry.schema()).matches())
                        .orElse(true);
    }

    /** Whether the entry is the schema, or lies in it. */
    boolean matchesSchema(ArchiveEntry entry) {
        return entry.kind().equals("SCHEMA")
                ? name.matcher(entry.name()).matches()
                : !entry.schema().isEmpty() && name.matcher(entry.schema()).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
