package io.autodump.core.usecase.restore;

import io.autodump.core.drill.DrillDatabase;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.engine.Engines;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.core.internal.ToolVersion;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.Attestation;
import io.autodump.core.record.FailedDrill;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.RunPlace;
import io.autodump.core.usecase.Encryption;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.FinishedDump;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Restores a published dump as it would be restored in an emergency, compares, and leaves a record beside the dump: an
 * {@link Attestation}, or a {@link FailedDrill} and an event. Thread-safe.
 */
public final class DrillDump {
    private final DumpStore store;
    private final Engines engines;
    private final VerifyDump verifyDump;
    private final RestoreDump restoreDump;
    private final Encryption encryption;
    private final DumpEvents events;
    private final InstantSource clock;
    private final RunPlace place;

    DrillDump(Ports ports) {
        this.store = ports.store();
        this.engines = ports.engines()
                .orElseThrow(() -> new IllegalStateException("this operation needs AutoDump.builder().engine(…)"));
        this.verifyDump = VerifyDump.of(ports);
        this.restoreDump = RestoreDump.of(ports);
        this.encryption = ports.encryption();
        this.events = ports.events();
        this.clock = ports.clock();
        this.place = ports.runPlace();
    }

    /** Not API: {@link io.autodump.core.Monitoring#drill} is. */
    public static DrillDump of(Ports ports) {
        return new DrillDump(ports);
    }

    /**
     * Makes the drill of one dump.
     *
     * @param progress receives the verification, and then the restore
     * @return what was compared; the record is written
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code INTERRUPTED}, without a record; everything else that
     *     failed, with a record and an event
     */
    public Attestation drill(DumpKey key, DrillOptions options, DumpProgress progress) {
        Instant startedAt = clock.instant();
        try {
            Attestation attestation = prove(FinishedDump.require(store, key), startedAt, options, progress);
            store.records().write(attestation);
            store.records().delete(RecordKey.ofDump(key, RecordKey.Kind.UNPROVEN));
            return attestation;
        } catch (AutoDumpException failed) {
            throw reported(key, failed);
        }
    }

    private Attestation prove(DumpManifest manifest, Instant startedAt, DrillOptions options, DumpProgress progress) {
        encryption.requireReadable(manifest, "nothing was restored");
        try (DrillDatabase database = engines.of(manifest).drill(manifest, options)) {
            // A restore into a new database doesn't compare the contents list with the manifest.
            verifyDump.verify(manifest, progress);
            RestoreOptions counted = RestoreOptions.builder()
                    .from(database.options())
                    .countRows(true)
                    .build();
            RestoreReport report = restoreDump.restore(manifest.key(), database.target(), counted, progress);
            Optional<Integer> objects = compareObjects(manifest, database);
            int assertions = options.assertions().map(database::check).orElse(0);
            return Attestation.builder()
                    .dump(manifest.key())
                    .secretName(manifest.secretName())
                    .database(manifest.database())
                    .startedAt(startedAt)
                    .finishedAt(clock.instant())
                    .server(database.server())
                    .serverVersion(report.serverVersion())
                    .clientVersion(report.clientVersion())
                    .storedBytes(manifest.storedBytes())
                    .checksum(manifest.checksum())
                    .objects(objects)
                    .tables(report.tables())
                    .tablesCompared(compared(manifest, report))
                    .assertions(assertions)
                    .warnings(report.warnings())
                    .place(place)
                    .toolVersion(ToolVersion.current())
                    .build();
        }
    }

    private static int compared(DumpManifest manifest, RestoreReport report) {
        return (int) manifest.tables().stream()
                .filter((TableRows table) -> !report.notCompared().contains(table))
                .count();
    }

    private Optional<Integer> compareObjects(DumpManifest manifest, DrillDatabase database) {
        try (InputStream stored = encryption.decrypting(manifest, archive(manifest))) {
            return database.compareObjects(manifest, stored);
        } catch (IOException unread) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + manifest.key() + " couldn't be read again: " + IoReason.of(unread),
                    "check the store, then repeat the drill",
                    unread);
        }
    }

    /** The file with the contents list. */
    private InputStream archive(DumpManifest manifest) {
        return manifest.parts().isEmpty()
                ? store.open(manifest.key())
                : store.openPart(manifest.key(), manifest.parts().archive().name());
    }

    private AutoDumpException reported(DumpKey key, AutoDumpException failed) {
        boolean stopped =
                failed.code() == ErrorCode.INTERRUPTED || Thread.currentThread().isInterrupted();
        if (stopped || failed.code() == ErrorCode.DUMP_NOT_FOUND) {
            return failed;
        }
        AutoDumpException failure = new AutoDumpException(
                failed.code(),
                "the drill didn't prove dump " + key + ": " + failed.description(),
                hint(failed).orElse(null),
                failed);
        record(key, failure);
        events.publish(
                new DumpEvent.DrillFailed(secretName(key), key.scheduledAt(), key, failure.code(), failure.report()));
        return failure;
    }

    /** The options of a restore don't help a drill: it restores everything. */
    private static Optional<String> hint(AutoDumpException failed) {
        return switch (failed.code()) {
            case TARGET_UNFIT ->
                Optional.of("install what the server lacks, or name another scratch server; then repeat the drill");
            case RESTORE_FAILED, RESTORE_DIFFERS ->
                Optional.of("restore the dump by hand to see more; make a new dump, and repeat the drill with it");
            default -> failed.hint();
        };
    }

    /** A record that can't be written is left out: the store may be what failed. */
    private void record(DumpKey key, AutoDumpException failure) {
        try {
            store.records()
                    .write(new FailedDrill(
                            key,
                            clock.instant(),
                            failure.code().id(),
                            failure.description(),
                            failure.hint(),
                            place,
                            ToolVersion.current()));
        } catch (AutoDumpException unwritable) {
            // The failure itself is reported.
        }
    }

    /** The manifest may be what can't be read; then the folder tells. */
    private String secretName(DumpKey key) {
        try {
            return store.find(key).map(DumpManifest::secretName).orElseGet(key::secretFolder);
        } catch (AutoDumpException unreadable) {
            return key.secretFolder();
        }
    }
}
