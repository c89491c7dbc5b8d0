package io.autodump.core;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Finding;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.FinishedDump;
import io.autodump.core.usecase.dump.ReadConnection;
import io.autodump.core.usecase.dump.RunDump;
import io.autodump.core.usecase.dump.RunDumps;
import io.autodump.core.usecase.dump.RunOutcome;
import io.autodump.core.usecase.restore.RestoreDump;
import io.autodump.core.usecase.restore.VerifyDump;
import io.autodump.core.usecase.restore.VerifyReport;
import io.autodump.core.usecase.schedule.DecideRun;
import io.autodump.core.usecase.schedule.RescheduleDump;
import io.autodump.core.usecase.schedule.RunDecision;
import io.autodump.core.usecase.schedule.ScanResult;
import io.autodump.core.usecase.schedule.ScanSecrets;
import io.autodump.core.usecase.schedule.SecretOutcome;
import io.autodump.core.usecase.status.DumpListing;
import io.autodump.core.usecase.status.FindOverdueDumps;
import io.autodump.core.usecase.status.FreshnessReport;
import io.autodump.core.usecase.status.ListDumps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that AutoDump does, through the adapters that it is built with. Five lines dump a database:
 *
 * <pre>{@code
 * AutoDump autoDump = AutoDump.builder()
 *         .engine(PostgresEngine.create())
 *         .dumpStore(new DirectoryDumpStore(Path.of("dumps")))
 *         .build();
 * DumpOutcome outcome = autoDump.dump("orders", DatabaseSecret.builder()
 *         .host("db.example.com").database("shop").username("backup").password(Password.of(password)).build());
 * }</pre>
 *
 * <p>Give it the ports that your process needs: a process that lists dumps needs a store and nothing else. An operation
 * whose port is missing throws {@link IllegalStateException} with the builder's method, before it does anything.
 *
 * <p>If {@code dumpStores} chooses the store by the database, an operation on finished dumps needs to know the store.
 * {@link #withStoreOf(SecretId)} says which one: {@code autoDump.withStoreOf(SecretId.of("orders")).list()}.
 *
 * <p>Failures are {@link AutoDumpException}s; the documentation of each operation names their codes. Thread-safe if the
 * adapters are.
 */
public final class AutoDump {
    final Ports ports;

    AutoDump(Ports ports) {
        this.ports = ports;
    }

    /** An empty builder. */
    public static AutoDumpBuilder builder() {
        return new AutoDumpBuilder();
    }

    /**
     * Schedules the next run of every tagged secret, and the newest missed run that is still in its catch-up window.
     * Never throws for a secret or a listing that fails: the result names both. Needs {@code secretCatalog} and
     * {@code runScheduler}.
     */
    public ScanResult scan() {
        return ScanSecrets.of(ports).scan();
    }

    /**
     * As {@link #scan()}, and begins no work at or after {@code deadline}; secrets that weren't reached are in
     * the result.
     */
    public ScanResult scan(Instant deadline) {
        return ScanSecrets.of(ports).scan(deadline);
    }

    /**
     * Decides what happens to a due run: make it, drop it, or report it as missed. Reads the secret once. Needs
     * {@code secretCatalog}.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED} if the secret can't be read; ask again later
     */
    public RunDecision decide(ScheduledRun run, Instant now) {
        return DecideRun.of(ports).decide(run, now);
    }

    /**
     * As {@link #decide(ScheduledRun, Instant)}, for a run whose instant the caller doesn't know: it is never missed.
     *
     * @param hash the hash that the run carries
     */
    public RunDecision decide(SecretId id, TagsHash hash) {
        return DecideRun.of(ports).decide(id, hash);
    }

    /**
     * Schedules the next run of one secret. Needs {@code secretCatalog} and {@code runScheduler}.
     *
     * @throws AutoDumpException {@code CATALOG_FAILED}
     */
    public SecretOutcome reschedule(SecretId id) {
        return RescheduleDump.of(ports).reschedule(id);
    }

    /** As {@link #reschedule(SecretId)}, for a secret that was read just now. */
    public SecretOutcome reschedule(TaggedSecret secret) {
        return RescheduleDump.of(ports).reschedule(secret);
    }

    /** As {@link #dump(SecretId, Instant, DumpProgress)}, for now and without progress. */
    public DumpOutcome dump(SecretId id) {
        return dump(id, ports.clock().instant(), DumpProgress.SILENT);
    }

    /**
     * Dumps the database of a secret as its tags say. If an earlier attempt at the same run has finished, that dump is
     * returned and nothing is dumped. Needs {@code secretCatalog}, {@code secretValues}, an engine and a store.
     *
     * @param scheduledAt names the dump; fractions of a second are cut off
     * @throws AutoDumpException what prevented the dump; nothing was published
     * @throws io.autodump.core.error.OutcomeUnknownException if the store's answer to the publication was lost
     */
    public DumpOutcome dump(SecretId id, Instant scheduledAt, DumpProgress progress) {
        return RunDump.of(ports).run(id, scheduledAt, progress);
    }

    /**
     * As {@link #dump(SecretId, Instant, DumpProgress)}, for a secret that may ask for several databases of a server
     * ({@code autodump:databases}). A database that fails doesn't stop the others: see {@link RunOutcome#requireAll()}.
     *
     * @throws AutoDumpException what prevented the dump of a secret's one database, or of all
     */
    public RunOutcome dumpAll(SecretId id, Instant scheduledAt, DumpProgress progress) {
        return RunDumps.of(ports).run(id, scheduledAt, progress);
    }

    /** As {@link #dump(String, DatabaseSecret, DumpSettings)}, with {@link DumpSettings#defaults()}. */
    public DumpOutcome dump(String name, DatabaseSecret database) {
        return dump(name, database, DumpSettings.defaults());
    }

    /** As {@link #dump(String, DatabaseSecret, DumpSettings, Instant, DumpProgress)}, for now and without progress. */
    public DumpOutcome dump(String name, DatabaseSecret database, DumpSettings settings) {
        return dump(name, database, settings, ports.clock().instant(), DumpProgress.SILENT);
    }

    /**
     * Dumps a database whose connection is at hand. Needs an engine and a store, and no secrets.
     *
     * @param name what the dump is listed under, as the name of a secret is; not blank
     * @param scheduledAt names the dump; fractions of a second are cut off
     * @throws AutoDumpException what prevented the dump; nothing was published
     * @throws io.autodump.core.error.OutcomeUnknownException if the store's answer to the publication was lost
     */
    public DumpOutcome dump(
            String name, DatabaseSecret database, DumpSettings settings, Instant scheduledAt, DumpProgress progress) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a dump needs a name that isn't blank");
        }
        return RunDump.of(ports).run(name, database, settings, scheduledAt, progress);
    }

    /**
     * Returns an {@code AutoDump} with the same ports, whose only store is the one that {@code dumpStores} chooses for
     * this database. Use it to list, verify, restore and delete dumps. Without {@code dumpStores}, the store is {@code
     * dumpStore}. Needs one of the two.
     *
     * @throws AutoDumpException {@code INVALID_SECRET_VALUE} if the database's owner asks for a store that
     *     isn't allowed
     */
    public AutoDump withStoreOf(DatabaseSecret database) {
        return new AutoDump(ports.withStore(ports.stores().of(database)));
    }

    /**
     * As {@link #withStoreOf(DatabaseSecret)}, for the database of a secret, which is read. Needs {@code secretCatalog}
     * and {@code secretValues} too.
     *
     * @throws AutoDumpException as {@link #connection(SecretId)}, and {@code INVALID_SECRET_VALUE} if the secret asks
     *     for a store that isn't allowed
     */
    public AutoDump withStoreOf(SecretId secret) {
        return withStoreOf(connection(secret));
    }

    /** Lists all finished dumps; see {@link #list(Optional)}. */
    public DumpListing list() {
        return list(Optional.empty());
    }

    /**
     * Lists finished dumps, oldest first. Needs {@code dumpStore} or {@link #withStoreOf(DatabaseSecret)}.
     *
     * @param secretName whose dumps; empty for all
     * @throws AutoDumpException {@code STORE_FAILED}
     */
    public DumpListing list(Optional<String> secretName) {
        return ListDumps.of(ports).list(secretName);
    }

    /** As {@link #verify(DumpKey, DumpProgress)}, without progress. */
    public VerifyReport verify(DumpKey key) {
        return verify(key, DumpProgress.SILENT);
    }

    /**
     * Reads a dump from end to end and compares it with its manifest. Needs an engine, and {@code dumpStore} or
     * {@link #withStoreOf(DatabaseSecret)}.
     *
     * @param progress receives the stored bytes that were read
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}; {@code DUMP_CORRUPT} with the difference; {@code STORE_FAILED}
     */
    public VerifyReport verify(DumpKey key, DumpProgress progress) {
        return VerifyDump.of(ports).verify(key, progress);
    }

    /**
     * Restores a dump. Needs an engine, and {@code dumpStore} or {@link #withStoreOf(DatabaseSecret)}.
     *
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code DUMP_CORRUPT}, {@code TARGET_NOT_EMPTY}, {@code
     *     TARGET_MISSING}, {@code TARGET_UNFIT} or a failure to connect before anything is changed; {@code
     *     RESTORE_FAILED} or {@code RESTORE_DIFFERS} afterwards
     */
    public RestoreReport restore(DumpKey key, DatabaseSecret target, RestoreOptions options, DumpProgress progress) {
        return RestoreDump.of(ports).restore(key, target, options, progress);
    }

    /**
     * Deletes a finished dump: first its manifest, then its file. A dump whose file is missing already can be deleted
     * too. Needs {@code dumpStore} or {@link #withStoreOf(DatabaseSecret)}.
     *
     * @throws AutoDumpException {@code DUMP_NOT_FOUND} if there is no finished dump with this key; a file without a
     *     manifest stays, because it may belong to a run that hasn't ended. {@code INVALID_DOCUMENT} if the manifest
     *     can't be read or belongs to another dump. {@code STORE_FAILED}; the message says whether the manifest was
     *     removed. A file without its manifest isn't listed
     */
    public void delete(DumpKey key) {
        FinishedDump.delete(ports.store(), key);
    }

    /**
     * Says what a restore would do, and changes nothing. {@link #restore} takes the same look first, and doesn't start
     * if there is an obstacle. Needs {@code dumpStore} and an engine.
     *
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code DUMP_CORRUPT}, {@code TARGET_NOT_EMPTY}, {@code
     *     TARGET_MISSING}, other reasons why the restore can't begin, or a failure to connect
     */
    public RestorePlan planRestore(DumpKey key, DatabaseSecret target, RestoreOptions options) {
        return RestoreDump.of(ports).plan(key, target, options);
    }

    /**
     * Finds the databases that don't have the dump that they should have by now. Never throws for a listing or an index
     * that fails: the report names it. Needs {@code secretCatalog}, and {@code dumpStore} or {@code dumpIndex}.
     *
     * @param margin how long a run may take until its dump is overdue; not negative
     */
    public FreshnessReport freshness(Duration margin) {
        return FindOverdueDumps.of(ports, margin).find();
    }

    /**
     * The connection that a secret describes. Needs {@code secretCatalog} and {@code secretValues}.
     *
     * @throws AutoDumpException {@code SECRET_NOT_FOUND}, {@code INVALID_TAGS}, {@code INVALID_SECRET_VALUE}, {@code
     *     CATALOG_FAILED}, {@code TOKENS_MISSING}
     */
    public DatabaseSecret connection(SecretId id) {
        return ReadConnection.of(ports, id);
    }

    /** As {@link #connection(SecretId)}, for a secret whose tags were read. Needs {@code secretValues} alone. */
    public DatabaseSecret connection(TaggedSecret secret) {
        return ReadConnection.of(ports).read(secret);
    }

    /**
     * Checks whether a database could be dumped now: connection, TLS, privileges, client programs. Changes nothing, and
     * reports failures as findings. Needs {@code engine}.
     *
     * @param name the subject of the findings
     */
    public List<Finding> check(String name, DatabaseSecret database, DumpSettings settings) {
        return ports.requiredEngines().checks().database(name, database, settings);
    }
}
