package io.autodump.core.usecase.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.SourceServer;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.internal.Meanwhile;
import io.autodump.core.internal.ToolVersion;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpStores;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.server.ServerDatabases;
import io.autodump.core.usecase.Encryption;
import io.autodump.core.usecase.Ports;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Makes one dump, and enforces the invariant: a dump exists only if its source succeeded. The order is: the source is
 * read to its end, its process exits with 0, every check passes, the upload is committed, the manifest is published
 * last. If anything fails, no dump appears, and the failure is both an event and an exception. A run that an earlier
 * attempt finished isn't dumped again. Thread-safe.
 */
public final class RunDump {
    private static final Duration LONGEST_AHEAD = Duration.ofDays(1);

    private final Ports ports;
    private final DumpSource source;
    private final DumpStores stores;
    private final RestoreProof proof;
    private final Encryption encryption;
    private final InstantSource clock;

    RunDump(Ports ports) {
        this.ports = ports;
        this.source = ports.source();
        this.stores = ports.stores();
        this.encryption = ports.encryption();
        this.proof = new RestoreProof(ports.restoreCheck(), encryption);
        this.clock = ports.clock();
    }

    /** Not API: {@link io.autodump.core.AutoDump#dump(SecretId)} is. */
    public static RunDump of(Ports ports) {
        return new RunDump(ports);
    }

    /**
     * Dumps the database of a secret.
     *
     * @param scheduledAt names the dump; fractions of a second are cut off
     * @throws AutoDumpException what prevented the dump; nothing was published
     * @throws io.autodump.core.error.OutcomeUnknownException if the store's answer to the publication was lost
     */
    public DumpOutcome run(SecretId id, Instant scheduledAt, DumpProgress progress) {
        Instant instant = scheduledAt.truncatedTo(ChronoUnit.SECONDS);
        RunAttempt attempt = new RunAttempt(ports, id.value(), instant);
        TaggedSecret secret = attempt.reportingFailure(() -> require(id, instant));
        attempt.isOf(secret.name());
        attempt.begins();
        return attempt.finish(() -> {
            requireOne(secret);
            return dump(secret, new Run(attempt, instant, progress));
        });
    }

    /** Makes one dump of a run. */
    DumpOutcome run(TaggedSecret secret, Run run) {
        return run.attempt().finish(() -> dump(secret, run));
    }

    private static void requireOne(TaggedSecret secret) {
        if (SecretTags.read(secret.tags()).databases().isPresent()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_TAGS,
                    "secret " + secret.name() + " has the tag autodump:databases, and this program dumps one database"
                            + " of a secret; nothing was dumped",
                    "dump it with the autodump command or the container, which dump all of them; a program calls"
                            + " AutoDump.dumpAll");
        }
    }

    /**
     * Dumps a database whose connection is at hand.
     *
     * @param name what the dump is listed under, as a secret's name is
     * @param scheduledAt names the dump; fractions of a second are cut off
     * @throws AutoDumpException what prevented the dump; nothing was published
     * @throws io.autodump.core.error.OutcomeUnknownException if the store's answer to the publication was lost
     */
    public DumpOutcome run(
            String name, DatabaseSecret database, DumpSettings settings, Instant scheduledAt, DumpProgress progress) {
        Instant instant = scheduledAt.truncatedTo(ChronoUnit.SECONDS);
        Run run = new Run(new RunAttempt(ports, name, instant), instant, progress);
        SecretTags tags = SecretTags.builder().settings(encryption.of(settings)).build();
        run.attempt().begins();
        return run.attempt().finish(() -> {
            requireNotAhead(instant);
            requireMeans(name, tags.settings());
            Instant startedAt = clock.instant();
            try (OpenedSource opened = open(name, database, tags.settings(), run)) {
                return dump(name, opened, tags, run, startedAt);
            }
        });
    }

    private void requireMeans(String name, DumpSettings settings) {
        encryption.requireAble(name, settings);
        proof.requireMeans(name, settings);
    }

    /** A dump of a later instant would stay the latest one for as long. */
    private void requireNotAhead(Instant scheduledAt) {
        Instant now = clock.instant();
        if (scheduledAt.isAfter(now.plus(LONGEST_AHEAD))) {
            throw new AutoDumpException(
                    ErrorCode.CLOCK_WRONG,
                    "the dump is of " + scheduledAt + ", and the clock of this machine shows "
                            + now.truncatedTo(ChronoUnit.SECONDS) + "; nothing was dumped",
                    "set the clock of the machine that schedules the dumps, or of this one");
        }
    }

    /** What stays the same from the beginning of a run to its end. */
    record Run(
            RunAttempt attempt,
            Instant scheduledAt,
            DumpProgress progress,
            Optional<String> database,
            Optional<ServerDatabases> databases) {
        Run(RunAttempt attempt, Instant scheduledAt, DumpProgress progress) {
            this(attempt, scheduledAt, progress, Optional.empty(), Optional.empty());
        }
    }

    /** Finds the secret of a run that isn't ahead of its time. */
    TaggedSecret require(SecretId id, Instant scheduledAt) {
        requireNotAhead(scheduledAt);
        return ports.catalog()
                .find(id)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "there is no secret \"" + id + "\"; nothing was dumped",
                        Hints.LIST_SECRETS));
    }

    private DumpOutcome dump(TaggedSecret secret, Run run) {
        ReadConnection all = ReadConnection.of(ports);
        ReadConnection connections = run.database().map(all::to).orElse(all);
        SecretTags tags = encryption.of(connections.tags(secret));
        requireMeans(secret.name(), tags.settings());
        try {
            return dump(connections, secret, tags, tags.source(), run);
        } catch (AutoDumpException conflict) {
            if (conflict.code() != ErrorCode.STANDBY_CONFLICT || tags.source() == SourceServer.WRITER) {
                throw conflict;
            }
            return dump(connections, secret, tags, SourceServer.WRITER, run);
        }
    }

    private DumpOutcome dump(
            ReadConnection connections, TaggedSecret secret, SecretTags tags, SourceServer server, Run run) {
        Instant startedAt = clock.instant();
        try (OpenedSource opened = OpenedSource.connected(
                connections, secret, tags, server, database -> open(secret.name(), database, tags.settings(), run))) {
            List<String> warnings = TagWarnings.of(tags, server, opened.database());
            return dump(secret.name(), opened.warning(warnings), tags, run, startedAt);
        }
    }

    /** Asks the store for a finished dump of the run while the source is being prepared. */
    private OpenedSource open(String name, DatabaseSecret database, DumpSettings settings, Run run) {
        run.attempt().isOf(database);
        List<String> limits = proof.checkReady(database, settings);
        DumpStore store = stores.of(database);
        String extension = settings.extension(new DumpFileType(settings.format(), settings.compression()));
        DumpKey likely = FinishedDump.key(name, database, run.scheduledAt(), extension);
        Meanwhile<Optional<DumpManifest>> finished =
                Meanwhile.start(ports.dumpExecutor(), () -> FinishedDump.ofRun(store, likely));
        try {
            return new OpenedSource(database, store, finished, source.prepare(database, settings), limits);
        } catch (RuntimeException failed) {
            finished.close();
            throw failed;
        }
    }

    private DumpOutcome dump(String name, OpenedSource opened, SecretTags tags, Run run, Instant startedAt) {
        DumpStore store = opened.store();
        DatabaseSecret database = opened.database();
        PreparedDump prepared = opened.prepared();
        String extension = tags.settings().extension(prepared.fileType());
        DumpKey key = FinishedDump.key(name, database, run.scheduledAt(), extension);
        Optional<DumpManifest> finished = opened.finished().get();
        if (finished.isPresent()) {
            return DumpOutcome.builder()
                    .manifest(FinishedDump.requireOwn(finished.get(), name))
                    .alreadyThere(true)
                    .build();
        }
        StoredDump stored =
                StoredDump.of(prepared, store, key, new EncryptedFiles(encryption, tags.settings()), run.progress());
        DumpManifest whole = manifest(key, name, database, tags.settings(), prepared, stored)
                .addAllWarnings(opened.warnings())
                .serverDatabases(run.databases())
                .scheduledAt(run.scheduledAt())
                .startedAt(startedAt)
                .finishedAt(clock.instant())
                .build();
        DumpManifest manifest = new GoodPredecessors(store).compared(whole, tags.suspicionLimits());
        publish(store, manifest);
        return DumpOutcome.builder().manifest(manifest).build();
    }

    /** Removes a file that never gets its manifest. Keeps it if it isn't known whether the manifest is there. */
    private void publish(DumpStore store, DumpManifest manifest) {
        try {
            proof.prove(store, manifest);
            store.publish(manifest);
        } catch (OutcomeUnknownException unknown) {
            throw unknown;
        } catch (RuntimeException failed) {
            discard(store, manifest, failed);
            throw failed;
        }
    }

    private static void discard(DumpStore store, DumpManifest manifest, RuntimeException why) {
        try {
            store.discard(manifest);
        } catch (RuntimeException leftBehind) {
            why.addSuppressed(leftBehind);
        }
    }

    private static DumpManifest.Builder manifest(
            DumpKey key,
            String name,
            DatabaseSecret database,
            DumpSettings settings,
            PreparedDump prepared,
            StoredDump stored) {
        SourceReport report = stored.report();
        DumpManifest.Builder manifest = DumpManifest.builder()
                .key(key)
                .secretName(name)
                .database(database.database())
                .engine(database.engine())
                .serverVersion(report.serverVersion())
                .clientVersion(report.clientVersion())
                .tls(report.tls())
                .replica(report.replica())
                .fileType(prepared.fileType())
                .settings(settings)
                .archiveEntries(report.archiveEntries())
                .roles(report.roles())
                .databaseProperties(report.databaseProperties())
                .serverNeeds(report.serverNeeds())
                .tables(report.tables())
                .notIncluded(report.notIncluded())
                .warnings(report.warnings())
                .toolVersion(ToolVersion.current());
        stored.describe(manifest);
        return manifest;
    }
}
