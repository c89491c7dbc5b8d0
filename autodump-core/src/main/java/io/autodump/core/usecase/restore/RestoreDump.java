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
import io.autodump.core.usecase.dump.FinishedDump;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Brings a finished dump back. The target is looked at first, then the whole dump is verified, and only then is anything
 * changed. Where the manifest has row counts, they are compared afterwards. Thread-safe.
 */
public final class RestoreDump {
    private final DumpStore store;
    private final VerifyDump verifyDump;
    private final DumpRestorer restorer;

    public RestoreDump(DumpStore store, VerifyDump verifyDump, DumpRestorer restorer) {
        this.store = store;
        this.verifyDump = verifyDump;
        this.restorer = restorer;
    }

    /**
     * Restores one dump.
     *
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code DUMP_CORRUPT}, {@code TARGET_NOT_EMPTY}, {@code
     *     TARGET_MISSING} and failures to connect before anything is changed; {@code RESTORE_FAILED} and {@code
     *     RESTORE_DIFFERS} afterwards
     */
    public RestoreReport restore(DumpKey key, DatabaseSecret target, RestoreOptions options, DumpProgress progress) {
        DumpManifest manifest = FinishedDump.require(store, key);
        restorer.check(manifest, target, options);
        verifyDump.verify(key, DumpProgress.SILENT);
        try (InputStream stored = store.open(key)) {
            RestoreReport report = restorer.restore(manifest, stored, target, options, progress);
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
