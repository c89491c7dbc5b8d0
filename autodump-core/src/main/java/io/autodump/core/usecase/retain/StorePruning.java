package io.autodump.core.usecase.retain;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.RecordKey.Kind;
import io.autodump.core.record.UnfinishedFile;
import io.autodump.core.retention.RetentionDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One prune of one store: reads, deletes, and remembers what was done. Belongs to one thread. */
final class StorePruning {
    /** A file without a manifest may belong to a dump that is still being checked. No check takes this long. */
    private static final Duration UNFINISHED_AGE = Duration.ofDays(7);

    private static final Duration RECORD_AGE = Duration.ofDays(90);

    private final DumpStore store;
    private final Instant now;
    private final boolean dryRun;
    private final List<PruneItem> items = new ArrayList<>();
    private final Map<String, Map<DumpKey, Set<Kind>>> recordsOfFolders = new HashMap<>();

    StorePruning(DumpStore store, Instant now, boolean dryRun) {
        this.store = store;
        this.now = now;
        this.dryRun = dryRun;
    }

    Instant now() {
        return now;
    }

    /** Does the work, and returns what was done until it ended or failed. */
    PruneReport report(List<String> problems, Runnable work) {
        Optional<AutoDumpException> failure = Optional.empty();
        try {
            work.run();
        } catch (AutoDumpException failed) {
            failure = Optional.of(failed);
        }
        return new PruneReport(dryRun, items, problems, failure);
    }

    /** Returns a dump of the secret; empty if it belongs to another one, or was removed since it was listed. */
    Optional<KnownDump> read(DumpKey key, String secretName) {
        try {
            return store.find(key)
                    .filter(manifest -> manifest.secretName().equals(secretName))
                    .map(manifest -> KnownDump.of(manifest, recordsOf(key)));
        } catch (AutoDumpException failed) {
            if (failed.code() == ErrorCode.INVALID_DOCUMENT || failed.code() == ErrorCode.DUMP_CORRUPT) {
                return Optional.of(KnownDump.unreadable(key));
            }
            throw failed;
        }
    }

    void carryOut(RetentionDecision decision) {
        DumpKey key = decision.dump().key();
        if (decision.delete() && !dryRun) {
            store.delete(key);
            recordsOf(key).forEach(kind -> store.records().delete(RecordKey.ofDump(key, kind)));
        }
        items.add(new PruneItem(PruneItem.Kind.DUMP, key.value(), decision.delete(), decision.reason()));
    }

    private Set<Kind> recordsOf(DumpKey key) {
        return recordsOfFolders
                .computeIfAbsent(key.databaseFolder(), this::recordsIn)
                .getOrDefault(key, Set.of());
    }

    private Map<DumpKey, Set<Kind>> recordsIn(String folder) {
        Map<DumpKey, Set<Kind>> found = new HashMap<>();
        try (Stream<RecordKey> records = store.records().list(folder)) {
            records.forEach(record -> record.dump()
                    .ifPresent(dump -> found.computeIfAbsent(dump, key -> EnumSet.noneOf(Kind.class))
                            .add(record.kind())));
        }
        return found;
    }

    /** Deletes old files without a manifest. */
    void deleteUnfinished(String folder, Predicate<DumpKey> wanted) {
        List<UnfinishedFile> old;
        try (Stream<UnfinishedFile> files = store.unfinished(folder)) {
            old = files.filter(file -> file.writtenAt().isBefore(now.minus(UNFINISHED_AGE)))
                    .filter(file -> wanted.test(file.key()))
                    .toList();
        }
        for (UnfinishedFile file : old) {
            if (!dryRun) {
                store.deleteUnfinished(file.key());
            }
            items.add(new PruneItem(
                    PruneItem.Kind.UNFINISHED, file.key().value(), true, "no manifest, and older than 7 days"));
        }
    }

    /**
     * Deletes old records of runs, and records about dumps that are gone. A lock stays.
     *
     * @param listed the dumps that were there before this prune
     */
    void deleteRecords(String folder, Predicate<RecordKey> wanted, Collection<DumpKey> listed) {
        Set<DumpKey> known = new HashSet<>(listed);
        List<RecordKey> old;
        try (Stream<RecordKey> records = store.records().list(folder)) {
            old = records.filter(record -> record.scheduledAt().isBefore(now.minus(RECORD_AGE)))
                    .filter(record -> record.kind() != Kind.LOCKED)
                    .filter(record -> record.dump().filter(known::contains).isEmpty())
                    .filter(wanted)
                    .toList();
        }
        for (RecordKey record : old) {
            if (!dryRun) {
                store.records().delete(record);
            }
            items.add(new PruneItem(PruneItem.Kind.RECORD, record.value(), true, "older than 90 days"));
        }
    }
}
