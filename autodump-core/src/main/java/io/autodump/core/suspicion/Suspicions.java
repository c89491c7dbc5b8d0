package io.autodump.core.suspicion;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.TableRows;
import io.autodump.core.internal.ByteCount;
import io.autodump.core.suspicion.SuspicionLimits.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Compares a dump with its predecessors. A dump is suspicious if it has lost at least what a limit says, compared with
 * the lowest value of the predecessors. A pure function.
 *
 * <p>Predecessors of another database, or with other settings (format, compression, schemas, tables without rows),
 * aren't compared: they may differ in size for that reason.
 */
public final class Suspicions {
    /** How many predecessors a dump is compared with, at most. */
    public static final int PREDECESSORS = 10;

    /** A loss of fewer bytes than this isn't suspicious: small dumps vary. */
    private static final long LEAST_BYTES = 64 * 1024;

    /** Tables with fewer rows than this aren't compared: small tables vary. */
    private static final long LEAST_ROWS = 100;

    /** The most tables that are named. */
    private static final int MOST_TABLES = 10;

    private final DumpManifest dump;
    private final List<DumpManifest> before;
    private final SuspicionLimits limits;

    private Suspicions(DumpManifest dump, List<DumpManifest> before, SuspicionLimits limits) {
        this.dump = dump;
        this.before = before;
        this.limits = limits;
    }

    /**
     * Returns what is suspicious about a dump, one sentence each; empty if nothing is.
     *
     * @param dump the dump
     * @param predecessors good dumps before it, newest first; only the first {@value #PREDECESSORS} that can be
     *     compared count
     * @param limits how much may be lost
     */
    public static List<String> of(DumpManifest dump, List<DumpManifest> predecessors, SuspicionLimits limits) {
        List<DumpManifest> before = predecessors.stream()
                .filter(other -> isComparable(dump, other))
                .limit(PREDECESSORS)
                .toList();
        return before.isEmpty() ? List.of() : new Suspicions(dump, before, limits).find();
    }

    private static boolean isComparable(DumpManifest dump, DumpManifest other) {
        DumpSettings settings = dump.settings();
        return other.database().equals(dump.database())
                && other.fileType().equals(dump.fileType())
                && other.settings().compression().equals(settings.compression())
                && other.settings().schemas().equals(settings.schemas())
                && other.settings().excludeTableData().equals(settings.excludeTableData());
    }

    private List<String> find() {
        List<String> found = new ArrayList<>();
        size().ifPresent(found::add);
        tables().ifPresent(found::add);
        found.addAll(rows());
        return found;
    }

    private Optional<String> size() {
        LongSummaryStatistics earlier =
                before.stream().mapToLong(DumpManifest::storedBytes).summaryStatistics();
        return limits.isLost(Measure.SIZE, earlier.getMin(), dump.storedBytes())
                        && earlier.getMin() - dump.storedBytes() >= LEAST_BYTES
                ? Optional.of(ByteCount.text(dump.storedBytes()) + ", " + had(earlier, ByteCount::text))
                : Optional.empty();
    }

    private Optional<String> tables() {
        boolean counted = Stream.concat(before.stream(), Stream.of(dump))
                .noneMatch(manifest -> manifest.tables().isEmpty());
        return counted
                ? fewer(" tables", manifest -> Optional.of(manifest.tables().size()))
                : fewer(" entries", Suspicions::entries);
    }

    /** Rows in parts count as they would in the archive: so dumps with and without parts can be compared. */
    private static Optional<Integer> entries(DumpManifest manifest) {
        return manifest.archiveEntries()
                .map(inArchive -> inArchive + manifest.parts().tables());
    }

    private Optional<String> fewer(String noun, Function<DumpManifest, Optional<Integer>> count) {
        LongSummaryStatistics earlier = before.stream()
                .flatMap(manifest -> count.apply(manifest).stream())
                .mapToLong(Integer::longValue)
                .summaryStatistics();
        return count.apply(dump)
                .filter(now -> earlier.getCount() > 0 && limits.isLost(Measure.TABLES, earlier.getMin(), now))
                .map(now -> now + noun + ", " + had(earlier, String::valueOf));
    }

    private List<String> rows() {
        Map<String, LongSummaryStatistics> earlier = new HashMap<>();
        before.forEach(manifest -> manifest.tables()
                .forEach(table -> earlier.computeIfAbsent(name(table), name -> new LongSummaryStatistics())
                        .accept(table.rows())));
        return dump.tables().stream()
                .filter(table -> hasLost(table, earlier))
                .limit(MOST_TABLES)
                .map(table -> "table " + name(table) + ": " + rows(table.rows()) + ", "
                        + had(earlier.getOrDefault(name(table), new LongSummaryStatistics()), Suspicions::rows))
                .toList();
    }

    private boolean hasLost(TableRows table, Map<String, LongSummaryStatistics> earlier) {
        return Optional.ofNullable(earlier.get(name(table)))
                .filter(counts -> counts.getMin() >= LEAST_ROWS)
                .filter(counts -> limits.isLost(Measure.ROWS, counts.getMin(), table.rows()))
                .isPresent();
    }

    private static String name(TableRows table) {
        return table.schema() + "." + table.table();
    }

    private static String rows(long rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }

    private static String had(LongSummaryStatistics earlier, LongFunction<String> text) {
        String least = text.apply(earlier.getMin());
        String most = text.apply(earlier.getMax());
        String dumps = earlier.getCount() == 1 ? "the dump before had " : "the last " + earlier.getCount() + " had ";
        return dumps + (least.equals(most) ? least : least + " to " + most);
    }
}
