package io.autodump.core.usecase.status;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.record.DumpRecord;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The records that were listed. Reads those of failed runs when they are asked for. Not thread-safe. */
final class NewestRecords {
    private static final Comparator<RecordKey> NEWEST_FIRST =
            Comparator.comparing(RecordKey::scheduledAt).reversed();

    private final DumpRecords records;
    private final Set<RecordKey> keys;
    private final SetMultimap<DumpKey, RecordKey.Kind> aboutDumps = HashMultimap.create();
    private final Map<RecordKey, Optional<FailedRun>> read = new HashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param limit records of later runs don't count: they were named while the clock of a machine was wrong
     */
    NewestRecords(DumpRecords records, List<RecordKey> keys, Instant limit) {
        this.records = records;
        this.keys =
                keys.stream().filter(key -> !key.scheduledAt().isAfter(limit)).collect(Collectors.toSet());
        this.keys.forEach(key -> key.dump().ifPresent(dump -> aboutDumps.put(dump, key.kind())));
    }

    /** Returns whether there is a record of this kind about a dump. */
    boolean has(RecordKey.Kind kind, DumpKey dump) {
        return aboutDumps.containsEntry(dump, kind);
    }

    /** Returns the record of this kind about a dump. Empty if there is none, or if it can't be read. */
    <T extends DumpRecord> Optional<T> find(DumpKey dump, RecordKey.Kind kind, Class<T> type) {
        return has(kind, dump) ? find(RecordKey.ofDump(dump, kind), type) : Optional.empty();
    }

    /** Returns the newest failed and missed runs of a database, newest first. */
    List<FailedRun> failures(WatchedDatabase database, int atMost) {
        return keysOfFailures(database.secret().name())
                .flatMap(key -> read.computeIfAbsent(key, this::read).stream())
                // A prefix can make one secret's key look like another's; the record knows.
                .filter(database::has)
                .limit(atMost)
                .toList();
    }

    private Stream<RecordKey> keysOfFailures(String secretName) {
        return keys.stream()
                .filter(key -> key.kind() == RecordKey.Kind.FAILED)
                .filter(key -> key.belongsTo(secretName))
                .sorted(NEWEST_FIRST);
    }

    private Optional<FailedRun> read(RecordKey key) {
        return find(key, FailedRun.class);
    }

    /** Empty for a record that can't be read: it must not hide the others. */
    private <T extends DumpRecord> Optional<T> find(RecordKey key, Class<T> type) {
        try {
            return records.find(key).filter(type::isInstance).map(type::cast);
        } catch (AutoDumpException unreadable) {
            return Optional.empty();
        }
    }
}
