package io.autodump.core.usecase.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpStore;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.usecase.HashedParts;
import io.autodump.core.usecase.HashedStream;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.FinishedDump;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Restores a finished dump. Checks the target first, then verifies the whole dump, and only then changes anything. It
 * hashes the restored bytes too, so that the restored bytes are the verified ones. If the manifest has row counts, it
 * compares them afterwards. Thread-safe.
 */
public final class RestoreDump {
    private final DumpStore store;
    private final VerifyDump verifyDump;
    private final DumpRestorer restorer;

    RestoreDump(DumpStore store, VerifyDump verifyDump, DumpRestorer restorer) {
        this.store = store;
        this.verifyDump = verifyDump;
        this.restorer = restorer;
    }

    /** Not API: {@link io.autodump.core.AutoDump#restore} is. */
    public static RestoreDump of(Ports ports) {
        return new RestoreDump(ports.store(), VerifyDump.of(ports), ports.restorer());
    }

    /**
     * Restores one dump.
     *
     * @param progress gets two passes: the verification, and then the restore
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code DUMP_CORRUPT}, {@code TARGET_NOT_EMPTY}, {@code
     *     TARGET_MISSING}, {@code TARGET_UNFIT} and failures to connect before anything is changed; {@code
     *     RESTORE_FAILED}, {@code RESTORE_DIFFERS} and, if the stored file changed after its verification, {@code
     *     DUMP_CORRUPT} afterwards: the message then says that the target is incomplete
     */
    public RestoreReport restore(DumpKey key, DatabaseSecret target, RestoreOptions options, DumpProgress progress) {
        DumpManifest manifest = FinishedDump.require(store, key);
        Optional<AutoDumpException> damage = requirePossible(manifest, target, options);
        verifyDump.verify(manifest, progress);
        if (damage.isPresent()) {
            throw damage.get();
        }
        progress.begin(DumpProgress.Pass.RESTORE);
        try {
            RestoreReport report = manifest.parts().isEmpty()
                    ? restoreFile(manifest, target, options, progress)
                    : restoreParts(manifest, target, options, progress);
            requireSameRows(manifest, report);
            return report;
        } catch (IOException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + key + " couldn't be read to its end: " + IoReason.of(unreadable)
                            + "; the target database is incomplete",
                    "drop the target database, check the store, then restore again",
                    unreadable);
        }
    }

    private RestoreReport restoreFile(
            DumpManifest manifest, DatabaseSecret target, RestoreOptions options, DumpProgress progress)
            throws IOException {
        // The restorer reports the bytes of this pass.
        try (HashedStream stored = new HashedStream(store.open(manifest.key()), DumpProgress.SILENT)) {
            RestoreReport report = restorer.restore(manifest, stored, target, options, progress);
            requireVerifiedBytes(manifest, stored);
            return report;
        }
    }

    private RestoreReport restoreParts(
            DumpManifest manifest, DatabaseSecret target, RestoreOptions options, DumpProgress progress)
            throws IOException {
        HashedParts stored = new HashedParts(store, manifest, progress);
        RestoreReport report = restorer.restore(manifest, stored, target, options, progress);
        stored.compareOpened();
        return report;
    }

    /**
     * Looks at the dump and the target, and changes nothing.
     *
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code DUMP_CORRUPT}, {@code TARGET_NOT_EMPTY}, {@code
     *     TARGET_MISSING}, other reasons why the restore can't begin, and failures to connect
     */
    public RestorePlan plan(DumpKey key, DatabaseSecret target, RestoreOptions options) {
        return plan(FinishedDump.require(store, key), target, options);
    }

    private RestorePlan plan(DumpManifest manifest, DatabaseSecret target, RestoreOptions options) {
        // First what needs no bytes of the dump.
        restorer.check(manifest, target, options);
        if (!manifest.parts().isEmpty()) {
            return restorer.plan(manifest, new HashedParts(store, manifest, DumpProgress.SILENT), target, options);
        }
        try (InputStream stored = store.open(manifest.key())) {
            return restorer.plan(manifest, stored, target, options);
        } catch (IOException unread) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + manifest.key() + " couldn't be read: " + unread.getMessage() + "; nothing was changed",
                    "check the store, then restore again",
                    unread);
        }
    }

    /** Keeps the failure of a dump whose contents can't be read: its verification says more. */
    private Optional<AutoDumpException> requirePossible(
            DumpManifest manifest, DatabaseSecret target, RestoreOptions options) {
        try {
            plan(manifest, target, options).requirePossible();
            return Optional.empty();
        } catch (AutoDumpException failed) {
            if (failed.code() == ErrorCode.DUMP_CORRUPT) {
                return Optional.of(failed);
            }
            throw failed;
        }
    }

    private static void requireVerifiedBytes(DumpManifest manifest, HashedStream stored) throws IOException {
        Optional<String> difference = stored.difference(new StoredFile(manifest.storedBytes(), manifest.checksum()));
        if (difference.isPresent()) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT,
                    "dump " + manifest.key() + " changed after it was verified: " + difference.get()
                            + "; the target database is incomplete",
                    "drop the target database, find out who writes to the store, then restore another dump");
        }
    }

    private static void requireSameRows(DumpManifest manifest, RestoreReport report) {
        List<String> differences = manifest.tables().stream()
                .filter(table -> !report.notCompared().contains(table))
                .filter(table -> !report.tables().contains(table))
                .map(TableRows::toString)
                .toList();
        if (!differences.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.RESTORE_DIFFERS,
                    "the restored database lacks what the dump's snapshot had: " + String.join(", ", differences),
                    "restore again into an empty database; if it differs again, use another dump");
        }
    }
}
