package io.autodump.postgres.contents;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What in an archive needs what, by the ids of the entries. */
final class EntryGraph {
    private final List<ArchiveEntry> entries;
    private final Map<Integer, ArchiveEntry> byId = new HashMap<>();
    private final Map<String, Integer> schemas = new HashMap<>();
    private final Map<String, Integer> servers = new HashMap<>();
    /** The partitioned table of a partition, and the index of that of a partition's index. */
    private final Map<Integer, Set<Integer>> attachedTo = new HashMap<>();

    private final Map<Integer, Set<Integer>> exclusionNeeds;

    EntryGraph(List<ArchiveEntry> entries) {
        this.entries = entries;
        this.exclusionNeeds = ExclusionNeeds.of(entries);
        entries.forEach(entry -> byId.put(entry.id(), entry));
        for (ArchiveEntry entry : entries) {
            switch (entry.kind()) {
                case "SCHEMA" -> schemas.put(entry.name(), entry.id());
                case "SERVER" -> servers.put(" SERVER " + entry.name(), entry.id());
                case "TABLE ATTACH", "INDEX ATTACH" -> attach(entry);
                default -> {}
            }
        }
    }

    /** The tie has the name of what it attaches. */
    private void attach(ArchiveEntry tie) {
        entriesOf(tie.dependencies())
                .filter(other -> other.name().equals(tie.name()) || other.name().endsWith(" " + tie.name()))
                .findFirst()
                .ifPresent(attached -> {
                    Set<Integer> others = new HashSet<>(tie.dependencies());
                    others.remove(attached.id());
                    attachedTo.put(attached.id(), others);
                });
    }

    private Stream<ArchiveEntry> entriesOf(List<Integer> ids) {
        return ids.stream().map(byId::get).filter(Objects::nonNull);
    }

    List<ArchiveEntry> entries() {
        return entries;
    }

    /** The ids of the entries that fulfil a condition. */
    Set<Integer> idsOf(Predicate<ArchiveEntry> condition) {
        return entries.stream().filter(condition).map(ArchiveEntry::id).collect(Collectors.toCollection(HashSet::new));
    }

    /** What an entry needs, its schema included. A dump doesn't say that a user mapping needs its server. */
    private Set<Integer> needs(ArchiveEntry entry) {
        Set<Integer> needed = new LinkedHashSet<>(entry.dependencies());
        needed.retainAll(byId.keySet());
        Optional.ofNullable(schemas.get(entry.schema())).ifPresent(needed::add);
        if (entry.kind().equals("USER MAPPING")) {
            servers.forEach((ending, server) -> {
                if (entry.name().endsWith(ending)) {
                    needed.add(server);
                }
            });
        }
        return needed;
    }

    /** The object that an entry is a part of: a trigger's table, the object of a comment. */
    Optional<ArchiveEntry> whole(ArchiveEntry part) {
        if (!EntryKinds.PARTS.contains(part.kind())) {
            return Optional.empty();
        }
        return entriesOf(part.dependencies())
                .filter(other -> EntryKinds.RELATIONS.contains(other.kind()) && isNamedFirst(part, other))
                .findFirst()
                .or(() -> entriesOf(part.dependencies()).findFirst());
    }

    private static boolean isNamedFirst(ArchiveEntry part, ArchiveEntry whole) {
        return part.schema().equals(whole.schema())
                && (part.name().equals(whole.name()) || part.name().startsWith(whole.name() + " "));
    }

    /**
     * What can't be made without some entries: these, and all that needs one of them directly or not. Rows are needed
     * by nothing, so that leaving them out leaves out nothing else.
     */
    Set<Integer> withDependents(Set<Integer> missing) {
        Set<Integer> gone = new HashSet<>(missing);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ArchiveEntry entry : entries) {
                if (!gone.contains(entry.id())
                        && needs(entry).stream().anyMatch(id -> gone.contains(id) && !isData(id))) {
                    grown |= gone.add(entry.id());
                }
            }
        }
        return gone;
    }

    private boolean isData(Integer id) {
        ArchiveEntry entry = byId.get(id);
        return entry != null && EntryKinds.DATA.contains(entry.kind());
    }

    /** Some entries, what belongs to them, and what they need. */
    Set<Integer> withNeeds(Set<Integer> roots) {
        Set<Integer> taken = new HashSet<>(roots);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (ArchiveEntry entry : entries) {
                if (!taken.contains(entry.id()) && isPartOfOne(entry, taken)) {
                    grown |= taken.add(entry.id());
                }
                if (taken.contains(entry.id()) && !EntryKinds.TIES.contains(entry.kind())) {
                    grown |= taken.addAll(needsByItself(entry));
                }
            }
        }
        return taken;
    }

    /**
     * A partition can be restored as a table of its own. An exclusion constraint takes more than it may need: so it
     * isn't left out where one of these is, {@link #withDependents}.
     */
    private Set<Integer> needsByItself(ArchiveEntry entry) {
        Set<Integer> needed = needs(entry);
        needed.addAll(exclusionNeeds.getOrDefault(entry.id(), Set.of()));
        needed.removeAll(attachedTo.getOrDefault(entry.id(), Set.of()));
        return needed;
    }

    /** A partition comes with the table that it is a partition of. */
    private boolean isPartOfOne(ArchiveEntry entry, Set<Integer> taken) {
        boolean isPartition = entry.kind().equals("TABLE")
                && attachedTo.getOrDefault(entry.id(), Set.of()).stream().anyMatch(taken::contains);
        return isPartition
                || whole(entry).filter(owner -> taken.contains(owner.id())).isPresent();
    }

    /** The ties of entries that are taken to others that aren't. */
    Set<Integer> looseTies(Set<Integer> taken) {
        return idsOf(entry -> taken.contains(entry.id())
                && EntryKinds.TIES.contains(entry.kind())
                && !taken.containsAll(needs(entry)));
    }

    /** The partitions of a table, and their partitions, and the table itself. */
    Set<Integer> withPartitions(Integer table) {
        Set<Integer> family = new HashSet<>(Set.of(table));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Map.Entry<Integer, Set<Integer>> attached : attachedTo.entrySet()) {
                if (attached.getValue().stream().anyMatch(family::contains)) {
                    grown |= family.add(attached.getKey());
                }
            }
        }
        return family;
    }
}
