package io.autodump.postgres.contents;

import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.NearestName;
import io.autodump.core.restore.ContentsCount;
import io.autodump.core.restore.RestoredPart;
import io.autodump.postgres.connection.Sql;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The entries of an archive that a restore takes by its options. */
public final class ChosenEntries {
    private static final int MOST_NAMED = 50;

    private final EntryGraph graph;
    private final RestoreOptions options;
    private final Set<Integer> taken;
    private final List<String> leftOut = new ArrayList<>();

    /** The tables whose rows are restored. */
    private Set<Integer> tablesWithRows = Set.of();

    private ChosenEntries(EntryGraph graph, RestoreOptions options) {
        this.graph = graph;
        this.options = options;
        this.taken = graph.idsOf(entry -> true);
    }

    /**
     * Chooses.
     *
     * @throws AutoDumpException {@code INVALID_ARGUMENT} if a pattern matches nothing
     */
    public static ChosenEntries of(List<ArchiveEntry> entries, RestoreOptions options) {
        ChosenEntries chosen = new ChosenEntries(new EntryGraph(entries), options);
        chosen.takePatterns();
        chosen.excludeTables();
        options.skip().stream()
                .sorted()
                .forEach(kind -> chosen.without(
                        chosen.idsOf(entry -> EntryKinds.is(entry, kind)), "left out with the kind " + kind.text()));
        chosen.chooseRows();
        chosen.takePart();
        if (options.noOwner()) {
            chosen.taken.removeAll(
                    chosen.graph.idsOf(entry -> Set.of("ACL", "DEFAULT ACL").contains(entry.kind())));
        }
        return chosen;
    }

    /** What other options choose of the same archive. */
    public ChosenEntries by(RestoreOptions others) {
        return of(graph.entries(), others);
    }

    /** What is restored, in the order of the archive. */
    public List<ArchiveEntry> entries() {
        return graph.entries().stream()
                .filter(entry -> taken.contains(entry.id()))
                .filter(entry -> !EntryKinds.SESSION.contains(entry.kind()))
                .toList();
    }

    /** What isn't restored because of the options, a sentence each. */
    public List<String> leftOut() {
        return leftOut.size() <= MOST_NAMED
                ? List.copyOf(leftOut)
                : Stream.concat(
                                leftOut.stream().limit(MOST_NAMED),
                                Stream.of("and " + (leftOut.size() - MOST_NAMED) + " more"))
                        .toList();
    }

    /** For {@code pg_restore --use-list}: its lines begin with the ids. */
    public List<String> useList() {
        return useList(entries().stream());
    }

    /** The same, without what comes before an entry. */
    public List<String> useListFrom(int id) {
        return useList(entries().stream().dropWhile(entry -> entry.id() != id));
    }

    private static List<String> useList(Stream<ArchiveEntry> entries) {
        return entries.filter(entry -> !(entry.kind().equals("SCHEMA")
                        && entry.name().equals("public")
                        && entry.definition().contains("CREATE SCHEMA public;")))
                .map(entry -> entry.id() + "; " + entry.kind())
                .toList();
    }

    /** How many objects of each kind are made, most first. */
    public List<ContentsCount> counts() {
        Map<String, Long> counts = entries().stream()
                .filter(entry -> !Set.of("TABLE ATTACH", "INDEX ATTACH", "SEQUENCE OWNED BY")
                        .contains(entry.kind()))
                .collect(Collectors.groupingBy(ArchiveEntry::kindInWords, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(count -> new ContentsCount(count.getKey(), count.getValue()))
                .toList();
    }

    /** Those of the tables whose rows aren't restored, or not all of them. */
    public List<TableRows> withoutAllRows(List<TableRows> tables) {
        Set<Integer> incomplete = tablesWithoutRows();
        Set<String> names = graph.entries().stream()
                .filter(entry -> entry.kind().equals("TABLE"))
                .filter(entry -> graph.withPartitions(entry.id()).stream().anyMatch(incomplete::contains))
                .map(entry -> entry.schema() + "." + entry.name())
                .collect(Collectors.toSet());
        return tables.stream()
                .filter(table -> names.contains(table.schema() + "." + table.table()))
                .toList();
    }

    /** Returns whether the rows of a table are restored, where the archive itself doesn't hold them. */
    public boolean takesRowsOf(String quotedTable) {
        return graph.entries().stream()
                .filter(entry -> tablesWithRows.contains(entry.id()))
                .anyMatch(entry -> quotedTable.equals(Sql.quoted(entry.schema()) + "." + Sql.quoted(entry.name())));
    }

    private void chooseRows() {
        if (options.part() != RestoredPart.SCHEMA) {
            tablesWithRows = idsOf(entry -> entry.kind().equals("TABLE"));
        }
    }

    /** A table that isn't restored has no rows either. */
    private Set<Integer> tablesWithoutRows() {
        Set<Integer> tables =
                graph.idsOf(entry -> entry.kind().equals("TABLE") && !tablesWithRows.contains(entry.id()));
        graph.entries().stream()
                .filter(entry -> entry.kind().equals("TABLE DATA") && !taken.contains(entry.id()))
                .forEach(entry -> tables.addAll(entry.dependencies()));
        return tables;
    }

    private Set<Integer> idsOf(Predicate<ArchiveEntry> condition) {
        return graph.idsOf(entry -> taken.contains(entry.id()) && condition.test(entry));
    }

    private void takePatterns() {
        if (options.tables().isEmpty() && options.schemas().isEmpty()) {
            return;
        }
        Set<Integer> roots = new HashSet<>();
        NameFilter.of(options.tables()).forEach(filter -> roots.addAll(tablesOf(filter, "tables")));
        for (NameFilter filter : NameFilter.of(options.schemas())) {
            Set<Integer> matched = graph.idsOf(filter::matchesSchema);
            Map<String, String> known = graph.entries().stream()
                    .map(ArchiveEntry::schema)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .collect(Collectors.toMap(name -> name, Sql::identifier));
            require(matched, filter, "schemas", known);
            roots.addAll(matched);
        }
        Set<Integer> wanted = graph.withNeeds(roots);
        Set<Integer> loose = graph.looseTies(wanted);
        name(loose, "refers to what isn't chosen");
        wanted.removeAll(loose);
        taken.retainAll(wanted);
    }

    private Set<Integer> tablesOf(NameFilter filter, String things) {
        Set<Integer> matched = graph.idsOf(filter::matchesRelation);
        boolean qualified = filter.toString().contains(".");
        Map<String, String> known = graph.entries().stream()
                .filter(entry -> EntryKinds.RELATIONS.contains(entry.kind()))
                .collect(Collectors.toMap(
                        entry -> qualified ? entry.schema() + "." + entry.name() : entry.name(),
                        entry -> Sql.identifier(entry.schema()) + "." + Sql.identifier(entry.name()),
                        (one, other) -> one));
        require(matched, filter, things, known);
        return matched;
    }

    /** The names that are known, and the patterns that match them alone. */
    private static void require(Set<Integer> matched, NameFilter filter, String things, Map<String, String> known) {
        if (matched.isEmpty()) {
            String nearest = NearestName.of(filter.toString().replace("\"", ""), known.keySet())
                    .map(name -> "; did you mean " + known.get(name) + "?")
                    .orElse("");
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the pattern " + filter + " of " + things + " matches nothing in the dump" + nearest
                            + "; nothing was changed",
                    "letters outside of double quotes are read as lower case, as in tags: docs/tags.md");
        }
    }

    private void excludeTables() {
        for (NameFilter filter : NameFilter.of(options.excludeTables())) {
            without(tablesOf(filter, "tables"), "left out by the pattern " + filter);
        }
    }

    /** Takes entries away, and what can't be made without them; names what doesn't belong to one of them. */
    private void without(Set<Integer> unwanted, String why) {
        Set<Integer> present = new HashSet<>(unwanted);
        present.retainAll(taken);
        Set<Integer> gone = graph.withDependents(present);
        gone.retainAll(taken);
        taken.removeAll(gone);
        Set<Integer> others = new HashSet<>(gone);
        others.removeAll(present);
        name(present, why);
        name(
                idsIn(
                        others,
                        entry -> graph.whole(entry)
                                .filter(whole -> gone.contains(whole.id()))
                                .isEmpty()),
                "needs something that is left out");
    }

    private Set<Integer> idsIn(Set<Integer> ids, Predicate<ArchiveEntry> condition) {
        return graph.idsOf(entry -> ids.contains(entry.id()) && condition.test(entry));
    }

    private void name(Set<Integer> ids, String why) {
        graph.entries().stream()
                .filter(entry -> ids.contains(entry.id()))
                .filter(entry -> !Set.of("INDEX ATTACH", "SEQUENCE OWNED BY").contains(entry.kind()))
                .map(entry -> entry + ": " + why)
                .forEach(leftOut::add);
    }

    private void takePart() {
        switch (options.part()) {
            case SCHEMA -> taken.removeAll(graph.idsOf(entry -> EntryKinds.DATA.contains(entry.kind())));
            case DATA -> taken.retainAll(graph.idsOf(entry -> EntryKinds.DATA.contains(entry.kind())));
            case ALL -> {}
        }
    }
}
