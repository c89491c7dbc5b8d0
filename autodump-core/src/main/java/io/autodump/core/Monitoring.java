package io.autodump.core;

import io.autodump.core.drill.DrillOptions;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.record.Attestation;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.FailureRecords;
import io.autodump.core.usecase.restore.DrillDump;
import io.autodump.core.usecase.retain.AcknowledgeDump;
import io.autodump.core.usecase.retain.PruneDumps;
import io.autodump.core.usecase.retain.PruneReport;
import io.autodump.core.usecase.status.FindDumps;
import io.autodump.core.usecase.status.HistoryEntry;
import io.autodump.core.usecase.status.OverviewReport;
import io.autodump.core.usecase.status.ShowHistory;
import io.autodump.core.usecase.status.ShowOverview;
import io.autodump.core.usecase.status.ShowStatus;
import io.autodump.core.usecase.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Monitors the dumps of an {@link AutoDump}: status, history, retention, suspicious dumps. It reads only the store and
 * the secrets.
 *
 * <pre>{@code
 * StatusReport status = Monitoring.of(autoDump).status(List.of());
 * status.trouble().forEach(database -> System.out.println(database.secretName() + " " + database.state()));
 * }</pre>
 *
 * <p>Every operation needs {@code dumpStore}. An operation whose port is missing throws {@link IllegalStateException}.
 * Thread-safe if the adapters are.
 *
 * @since 0.1.0
 */
public final class Monitoring {
    /** How long a run may take until its dump is overdue, besides {@code autodump:timeout}, by default: 2 hours. */
    public static final Duration DEFAULT_MARGIN = Duration.ofHours(2);

    private final Ports ports;
    private final Duration margin;

    private Monitoring(Ports ports, Duration margin) {
        this.ports = ports;
        this.margin = margin;
    }

    /** Monitors the dumps of an {@code AutoDump} with {@link #DEFAULT_MARGIN}. */
    public static Monitoring of(AutoDump autoDump) {
        return of(autoDump, DEFAULT_MARGIN);
    }

    /**
     * Monitors the dumps of an {@code AutoDump}.
     *
     * @param margin how long a run may take until its dump is overdue, besides {@code autodump:timeout}; not negative
     */
    public static Monitoring of(AutoDump autoDump, Duration margin) {
        if (margin.isNegative()) {
            throw new IllegalArgumentException("margin must not be negative: " + margin);
        }
        return new Monitoring(autoDump.ports, margin);
    }

    /**
     * Says for each database whether it has a good dump. Needs {@code secretCatalog} too. If the secrets can't be
     * listed, the report says so.
     *
     * @param names the names of secrets; empty for all tagged secrets
     * @throws AutoDumpException {@code STORE_FAILED} if the store can't be listed
     */
    public StatusReport status(Collection<String> names) {
        return ShowStatus.of(ports, margin).show(names);
    }

    /**
     * Finds what a page about all databases shows: status, newest dumps, and the outcome of each run of the last weeks.
     * Needs {@code secretCatalog} too.
     *
     * @param files how many manifests, and how many records of failed runs, are read of each database; at least 10
     * @throws AutoDumpException {@code STORE_FAILED} if the store can't be listed
     */
    public OverviewReport overview(int files) {
        return ShowOverview.of(ports, margin).show(files);
    }

    /**
     * Returns the newest runs of a secret that have ended, newest first.
     *
     * @param secretName the name of the secret; it needn't exist any more
     * @param atMost how many runs, 1 or more
     * @throws AutoDumpException {@code STORE_FAILED} if the store can't be listed
     */
    public List<HistoryEntry> history(String secretName, int atMost) {
        return ShowHistory.of(ports).show(secretName, atMost);
    }

    /**
     * Deletes the dumps that {@code autodump:retention} doesn't keep, and by age files without a manifest (7 days) and
     * records of failed runs (90 days). {@link io.autodump.core.retention.Retention} has the rules. Needs {@code
     * secretCatalog} too. A failure of the store ends it early and is in the report.
     *
     * @param names the names of secrets; empty for all tagged secrets, and for files and records of any name
     * @param dryRun whether to delete nothing
     */
    public PruneReport prune(Collection<String> names, boolean dryRun) {
        return PruneDumps.of(ports, margin).prune(names, dryRun);
    }

    /**
     * As {@link #prune(Collection, boolean)}, for one folder of one secret, after a good dump. Does nothing if the
     * secret keeps all dumps.
     *
     * @param dump the dump that was made; its folder is pruned
     * @param secret the secret of the dump, which is read
     */
    public PruneReport pruneAfter(DumpManifest dump, SecretId secret) {
        return PruneDumps.of(ports, margin).pruneFolder(secret, dump.key().secretFolder());
    }

    /**
     * As {@link #prune(Collection, boolean)}, for one secret in all places of the store, with the secrets' tags and
     * without a list of the others. Lists nothing if the secret keeps all dumps.
     *
     * @param secret the secret, which is read; nothing is done if it doesn't exist
     */
    public PruneReport pruneSecret(SecretId secret) {
        return PruneDumps.of(ports, margin).pruneSecret(secret);
    }

    /**
     * Records that a person accepts a suspicious dump. Changes nothing if the dump isn't suspicious.
     *
     * @param note what the person says about it; may be empty
     * @return the manifest of the dump
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code STORE_FAILED}
     */
    public DumpManifest acknowledge(DumpKey key, String note) {
        return AcknowledgeDump.of(ports).acknowledge(key, note);
    }

    /**
     * Leaves a record of a run of which no attempt was made, beside where its dump would be. Reads the secret's value
     * to find that place. Does nothing if the record can't be written. Needs {@code secretValues} too.
     *
     * @param reason why, in a few words
     */
    public void recordMissed(TaggedSecret secret, Instant scheduledAt, String reason) {
        recordMissed(secret, List.of(scheduledAt), reason);
    }

    /**
     * As {@link #recordMissed(TaggedSecret, Instant, String)}, for several runs. Reads the secret's value once.
     *
     * @param scheduledAt the instants for which the runs were scheduled
     */
    public void recordMissed(TaggedSecret secret, Collection<Instant> scheduledAt, String reason) {
        FailureRecords.of(ports).missed(secret, scheduledAt, reason);
    }

    /**
     * Writes the records of failed and missed runs that the store didn't take when they were made. Does nothing without
     * {@code delayedRecords}, or if the store still takes none.
     */
    public void writeDelayedRecords() {
        FailureRecords.of(ports).writeDelayed();
    }

    /**
     * Leaves a record of a run whose attempts couldn't leave one themselves, because no program ran, or it was killed.
     * The record is in the folder for databases that aren't known, because the secret isn't read.
     *
     * @param attempts how many attempts there were; 0 or more
     * @param message what happened, for a person
     * @throws AutoDumpException {@code STORE_FAILED}
     * @throws IllegalArgumentException if the secret's name is too long for a key
     */
    public void recordNeverRan(String secretName, Instant scheduledAt, int attempts, String message) {
        FailureRecords.of(ports).neverRan(secretName, scheduledAt, attempts, message);
    }

    /**
     * Restores a published dump into a scratch server, or into a server that it starts, as it would be restored in an
     * emergency. Compares the bytes, the rows and the objects, and checks the assertions of the options. Removes the
     * restored database at the end. Leaves a record beside the dump: {@code ….proven.json}, or {@code ….unproven.json}
     * if it fails. Needs an engine too.
     *
     * @param progress receives the verification, and then the restore
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code INTERRUPTED}, without a record; what failed, with a
     *     record and an event
     */
    public Attestation drill(DumpKey key, DrillOptions options, DumpProgress progress) {
        return DrillDump.of(ports).drill(key, options, progress);
    }

    /**
     * Returns the newest dump of a secret, also if its manifest can't be read. Lists only what is new in the store.
     *
     * @param secretName the name of the secret; it needn't exist any more
     * @throws AutoDumpException {@code STORE_FAILED} if the store can't be listed
     */
    public Optional<DumpKey> latest(String secretName) {
        return FindDumps.of(ports).newest(secretName);
    }

    /**
     * Returns the newest dump of a secret that a restore has proven.
     *
     * @param secretName the name of the secret; it needn't exist any more
     * @throws AutoDumpException {@code STORE_FAILED} if the store can't be listed
     */
    public Optional<DumpManifest> latestProven(String secretName) {
        return FindDumps.of(ports).newestProven(secretName);
    }
}
