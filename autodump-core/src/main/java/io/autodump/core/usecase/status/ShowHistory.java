package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.status.HistoryEntry.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what happened to a database: its dumps, and the runs that failed or were missed. Needs the store alone. Changes
 * nothing. Thread-safe.
 */
public final class ShowHistory {
    private final DumpStore store;

    ShowHistory(DumpStore store) {
        this.store = store;
    }

    /** Not API: {@link io.autodump.core.Monitoring#history} is. */
    public static ShowHistory of(Ports ports) {
        return new ShowHistory(ports.store());
    }

    /**
     * Returns the newest runs of a secret that have ended, newest first.
     *
     * @param secretName the name of the secret; it needn't exist any more
     * @param atMost how many runs, 1 or more
     * @throws AutoDumpException {@code STORE_FAILED} if the store can't be listed
     */
    public List<HistoryEntry> show(String secretName, int atMost) {
        StoreNames listed = store.newest(atMost);
        NewestRecords records = new NewestRecords(store.records(), listed.records(), Instant.MAX);
        TaggedSecret secret = TaggedSecret.builder()
                .id(SecretId.of(secretName))
                .name(secretName)
                .build();
        WatchedDatabase all = WatchedDatabase.of(secret);
        List<DumpManifest> dumps = NewestDumps.of(store, listed.dumps(), List.of(secret), atMost, Instant.MAX)
                .manifests(all, atMost);
        boolean several = dumps.stream().anyMatch(dump -> dump.serverDatabases().isPresent());
        Map<RunOfDatabase, HistoryEntry> entries = new HashMap<>();
        records.failures(all, atMost)
                .forEach(run -> entries.put(
                        new RunOfDatabase(run.scheduledAt(), run.database().filter(name -> several)), entry(run)));
        dumps.forEach(dump -> entries.compute(
                new RunOfDatabase(
                        dump.scheduledAt(), Optional.of(dump.database()).filter(name -> several)),
                (at, failed) -> new HistoryEntry(
                        dump.scheduledAt(),
                        outcome(dump, records),
                        Optional.of(dump),
                        Optional.ofNullable(failed).flatMap(HistoryEntry::failure))));
        return entries.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(RunOfDatabase.NEWEST_FIRST))
                .map(Map.Entry::getValue)
                .limit(atMost)
                .toList();
    }

    /** A run may dump several databases. */
    private record RunOfDatabase(Instant scheduledAt, Optional<String> database) {
        static final Comparator<RunOfDatabase> NEWEST_FIRST = Comparator.comparing(RunOfDatabase::scheduledAt)
                .reversed()
                .thenComparing(run -> run.database().orElse(""));
    }

    private static HistoryEntry entry(FailedRun run) {
        return new HistoryEntry(run.scheduledAt(), outcome(run), Optional.empty(), Optional.of(run));
    }

    static Outcome outcome(FailedRun run) {
        return run.outcome() == FailedRun.Outcome.MISSED ? Outcome.MISSED : Outcome.FAILED;
    }

    static Outcome outcome(DumpManifest dump, NewestRecords records) {
        if (!dump.suspicions().isEmpty()) {
            return records.has(RecordKey.Kind.ACCEPTED, dump.key()) ? Outcome.ACKNOWLEDGED : Outcome.SUSPICIOUS;
        }
        return FindDumps.isProven(dump, records) ? Outcome.PROVEN : Outcome.MADE;
    }
}
