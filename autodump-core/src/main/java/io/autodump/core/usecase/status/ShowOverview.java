package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.record.FailedRun;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.copy.KnownCopies;
import io.autodump.core.usecase.status.HistoryEntry.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what a page about all databases shows: their status, their newest dumps, and the outcome of each run of
 * the last weeks. Lists the store once. The outcomes come from the names in the store, so that few files are read.
 * Changes nothing. Thread-safe.
 */
public final class ShowOverview {
    /** Sixty days of hourly dumps. */
    private static final int LISTED = 1440;

    private final SecretCatalog catalog;
    private final DumpStore store;
    private final InstantSource clock;
    private final ShowStatus status;

    ShowOverview(Ports ports, Duration margin) {
        this.catalog = ports.catalog();
        this.store = ports.store();
        this.clock = ports.clock();
        this.status = ShowStatus.of(ports, margin);
    }

    /**
     * Not API: {@link io.autodump.core.Monitoring#overview} is.
     *
     * @param margin how long a run may take until its dump is overdue; not negative
     */
    public static ShowOverview of(Ports ports, Duration margin) {
        return new ShowOverview(ports, margin);
    }

    /**
     * Looks at all databases.
     *
     * @param files how many manifests, and how many records of failed runs, are read of each database; at least 10
     * @throws AutoDumpException {@code STORE_FAILED} if the store can't be listed
     */
    public OverviewReport show(int files) {
        Instant now = clock.instant();
        List<String> failures = new ArrayList<>();
        List<TaggedSecret> secrets = FindOverdueDumps.secrets(catalog, failures);
        StoreNames listed = store.newest(LISTED);
        Instant limit = now.plus(FindOverdueDumps.AHEAD);
        NewestDumps dumps = NewestDumps.of(store, listed.dumps(), secrets, LISTED, limit);
        NewestRecords records = new NewestRecords(store.records(), listed.records(), limit);
        KnownCopies copies = status.copies(now);
        List<DatabaseOverview> found = secrets.stream()
                .flatMap(secret -> dumps.databases(secret).stream())
                .map(database ->
                        overview(database, status.status(database, now, dumps, records, copies), dumps, records, files))
                .toList();
        failures.addAll(dumps.failures());
        failures.addAll(copies.failures());
        return new OverviewReport(now, found, failures);
    }

    private DatabaseOverview overview(
            WatchedDatabase database, DatabaseStatus current, NewestDumps dumps, NewestRecords records, int files) {
        List<DumpManifest> manifests = dumps.manifests(database, files);
        Map<Instant, RunMark> marks = new HashMap<>();
        for (FailedRun run : records.failures(database, files)) {
            // A run that was stopped hasn't ended: it is made again, or missed.
            if (!ShowStatus.isStopped(run)) {
                marks.put(run.scheduledAt(), new RunMark(run.scheduledAt(), ShowHistory.outcome(run)));
            }
        }
        for (DumpKey key : dumps.keys(database)) {
            boolean proven = records.has(RecordKey.Kind.PROVEN, key);
            marks.put(key.scheduledAt(), new RunMark(key.scheduledAt(), proven ? Outcome.PROVEN : Outcome.MADE));
        }
        manifests.forEach(dump ->
                marks.put(dump.scheduledAt(), new RunMark(dump.scheduledAt(), ShowHistory.outcome(dump, records))));
        return new DatabaseOverview(
                current,
                manifests,
                marks.values().stream()
                        .sorted(Comparator.comparing(RunMark::scheduledAt).reversed())
                        .toList());
    }
}
