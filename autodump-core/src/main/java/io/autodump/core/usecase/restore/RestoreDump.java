package io.autodump.core.usecase.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpStore;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.FinishedDump;
import java.io.IOException;
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
     *     TARGET_MISSING} and failures to connect before anything is changed; {@code RESTORE_FAILED}, {@code
     *     RESTORE_DIFFERS} and, if the stored file changed after its verification, {@code DUMP_CORRUPT} afterwards: the
     *     message then says that the target is incomplete
     */
    public RestoreReport restore(DumpKey key, DatabaseSecret target, RestoreOptions options, DumpProgress progress) {
        DumpManifest manifest = FinishedDump.require(store, key);
        restorer.check(manifest, target, options);
        verifyDump.verify(manifest, progress);
        progress.begin(DumpProgress.Pass.RESTORE);
        // The restorer reports the bytes of this pass.
        try (HashedStream stored = new HashedStream(store.open(key), DumpProgress.SILENT)) {
            RestoreReport report = restorer.restore(manifest, stored, target, options, progress);
            requireVerifiedBytes(manifest, stored);
            requireSameRows(manifest, report);
            return report;
        } catch (IOException unreadable) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + key + " couldn't be read to its end: " + unreadable.getMessage()
                            + "; the target database is incomplete",
                    "drop the target database, check the store, then restore again",
                    unreadable);
        }
    }

    private static void requireVerifiedBytes(DumpManifest manifest, HashedStream stored) throws IOException {
        Optional<String> difference = stored.difference(manifest);
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
