package io.autodump.core.usecase.dump;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.internal.ToolVersion;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpStores;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.port.SecretCatalog;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.Ports;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    private final InstantSource clock;

    RunDump(Ports ports) {
        this.ports = ports;
        this.source = ports.source();
        this.stores = ports.stores();
        this.proof = new RestoreProof(ports.restoreCheck());
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
        SecretCatalog catalog = ports.catalog();
        ReadConnection connections = ReadConnection.of(ports);
        Instant instant = scheduledAt.truncatedTo(ChronoUnit.SECONDS);
        RunAttempt attempt = new RunAttempt(ports, id.value(), instant);
        TaggedSecret secret = attempt.reportingFailure(() -> {
            requireNotAhead(instant);
            return require(catalog, id);
        });
        attempt.isOf(secret.name());
        attempt.begins();
        return attempt.finish(() -> dump(connections, secret, new Run(attempt, instant, progress)));
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
        SecretTags tags = SecretTags.builder().settings(settings).build();
        run.attempt().begins();
        return run.attempt().finish(() -> {
            requireNotAhead(instant);
            proof.requireServer(name, settings);
            Instant startedAt = clock.instant();
            try (OpenedSource opened = open(database, settings, run)) {
                return dump(name, opened, tags, run, startedAt);
            }
        });
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
    private record Run(RunAttempt attempt, Instant scheduledAt, DumpProgress progress) {}

    private static TaggedSecret require(SecretCatalog catalog, SecretId id) {
        return catalog.find(id)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.SECRET_NOT_FOUND,
                        "there is no secret \"" + id + "\"; nothing was dumped",
                        Hints.LIST_SECRETS));
    }

    private DumpOutcome dump(ReadConnection connections, TaggedSecret secret, Run run) {
        SecretTags tags = connections.tags(secret);
        DumpSettings settings = tags.settings();
        proof.requireServer(secret.name(), settings);
        Instant startedAt = clock.instant();
        try (OpenedSource opened =
                OpenedSource.open(connections, secret, tags, database -> open(database, settings, run))) {
            return dump(secret.name(), opened.warning(warnings(tags)), tags, run, startedAt);
        }
    }

    private static List<String> warnings(SecretTags tags) {
        return tags.problems().all().stream()
                .map(problem -> "the tag " + problem + "; the dump was made with its default")
                .toList();
    }

    private OpenedSource open(DatabaseSecret database, DumpSettings settings, Run run) {
        run.attempt().isOf(database);
        List<String> limits = proof.checkReady(database, settings);
        DumpStore store = stores.of(database);
        return new OpenedSource(database, store, source.prepare(database, settings), limits);
    }

    private DumpOutcome dump(String name, OpenedSource opened, SecretTags tags, Run run, Instant startedAt) {
        DumpStore store = opened.store();
        DatabaseSecret database = opened.database();
        PreparedDump prepared = opened.prepared();
        DumpFileType fileType = prepared.fileType();
        DumpKey key = key(name, database, run.scheduledAt(), fileType);
        Optional<DumpManifest> finished = finished(store, name, database, run.scheduledAt(), fileType.format());
        if (finished.isPresent()) {
            return DumpOutcome.builder()
                    .manifest(requireOwn(finished.get(), name))
                    .alreadyThere(true)
                    .build();
        }
        StoredDump stored = StoredDump.of(prepared, store, key, run.progress());
        DumpManifest whole = manifest(key, name, database, tags.settings(), prepared, stored)
                .addAllWarnings(opened.warnings())
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

    private static DumpKey key(String name, DatabaseSecret database, Instant scheduledAt, DumpFileType fileType) {
        return DumpKey.of(database.prefix(), name, database.database(), scheduledAt, fileType.extension());
    }

    /**
     * Finds the run's dump under any extension of its format. The extension depends on what compresses, and so on the
     * client program, which may have changed since the last attempt.
     */
    private static Optional<DumpManifest> finished(
            DumpStore store, String name, DatabaseSecret database, Instant scheduledAt, DumpFormat format) {
        return Stream.of(Compression.DEFAULT, Compression.GZIP, Compression.NONE)
                .map(outer -> key(name, database, scheduledAt, new DumpFileType(format, outer)))
                .map(store::find)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** With prefixes, the keys of two secrets can be equal. The other secret's dump must not pass for this one's. */
    private static DumpManifest requireOwn(DumpManifest finished, String name) {
        if (!finished.secretName().equals(name)) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_EXISTS,
                    "dump " + finished.key() + " is there already and belongs to secret " + finished.secretName()
                            + ", not to " + name + "; nothing was dumped",
                    "give the two secrets different prefixes");
        }
        return finished;
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
