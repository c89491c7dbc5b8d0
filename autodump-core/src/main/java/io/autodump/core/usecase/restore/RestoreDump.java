package io.autodump.core.usecase.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpFormat;
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
import io.autodump.core.usecase.ComparedStream;
import io.autodump.core.usecase.Encryption;
import io.autodump.core.usecase.HashedParts;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.FinishedDump;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Restores a finished dump. Checks the target first, then verifies the whole dump, and only then changes anything. It
 * hashes the restored bytes too, so that the restored bytes are the verified ones. If the restore creates the database
 * and nothing else, it reads the dump only once: the restorer drops the database if the bytes aren't the manifest's. If
 * the manifest has row counts, it compares them afterwards. Thread-safe.
 */
public final class RestoreDump {
    private final DumpStore store;
    private final VerifyDump verifyDump;
    private final DumpRestorer restorer;
    private final Encryption encryption;

    RestoreDump(DumpStore store, VerifyDump verifyDump, DumpRestorer restorer, Encryption encryption) {
        this.store = store;
        this.verifyDump = verifyDump;
        this.restorer = restorer;
        this.encryption = encryption;
    }

    /** Not API: {@link io.autodump.core.AutoDump#restore} is. */
    public static RestoreDump of(Ports ports) {
        return new RestoreDump(ports.store(), VerifyDump.of(ports), ports.restorer(), ports.encryption());
    }

    /**
     * Restores one dump.
     *
     * @param progress gets the pass of the restore, and before it, unless one pass is enough, that of the verification
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code DUMP_CORRUPT}, {@code IDENTITY_MISSING} and other
     *     reasons why it can't be decrypted, {@code TARGET_NOT_EMPTY}, {@code
     *     TARGET_MISSING}, {@code TARGET_UNFIT} and failures to connect before anything is changed; {@code
     *     RESTORE_FAILED}, {@code RESTORE_DIFFERS} and, if the restored bytes aren't the manifest's, {@code
     *     DUMP_CORRUPT} afterwards: the message then says what became of the target
     */
    public RestoreReport restore(DumpKey key, DatabaseSecret target, RestoreOptions options, DumpProgress progress) {
        DumpManifest manifest = FinishedDump.require(store, key);
        if (!canBeUndone(manifest, target, options)) {
            verifyDump.verify(manifest, progress);
        }
        progress.begin(DumpProgress.Pass.RESTORE);
        try {
            RestoreReport report = manifest.parts().isEmpty()
                    ? restoreFile(manifest, target, options, progress)
                    : restoreParts(manifest, target, options, progress);
            requireSameRows(manifest, report);
            return report;
        } catch (IOException | UncheckedIOException unreadable) {
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
        StoredFile expected = new StoredFile(manifest.storedBytes(), manifest.checksum());
        // The restorer reports the bytes of this pass.
        try (ComparedStream stored =
                new ComparedStream(store.open(manifest.key()), expected, "dump " + manifest.key())) {
            InputStream dump = encryption.decrypting(manifest, stored);
            return compared(stored::compareRest, () -> restorer.restore(manifest, dump, target, options, progress));
        }
    }

    private RestoreReport restoreParts(
            DumpManifest manifest, DatabaseSecret target, RestoreOptions options, DumpProgress progress) {
        HashedParts stored = new HashedParts(store, manifest, encryption, progress);
        return compared(stored::compareOpened, () -> restorer.restore(manifest, stored, target, options, progress));
    }

    /**
     * Restores. Bytes that aren't the manifest's are the cause of whatever happened.
     *
     * @param rest reads what the restorer has left unread, and compares it with the manifest
     */
    private static RestoreReport compared(Runnable rest, Supplier<RestoreReport> restore) {
        RestoreReport report;
        try {
            report = restore.get();
        } catch (AutoDumpException failed) {
            if (failed.code() == ErrorCode.RESTORE_FAILED) {
                explain(failed, rest);
            }
            throw failed;
        }
        try {
            rest.run();
        } catch (AutoDumpException corrupt) {
            throw new AutoDumpException(
                    corrupt.code(),
                    corrupt.description() + "; the target database is incomplete",
                    "drop the target database, then restore another dump",
                    corrupt);
        }
        return report;
    }

    private static void explain(AutoDumpException failed, Runnable rest) {
        try {
            rest.run();
        } catch (AutoDumpException corrupt) {
            throw new AutoDumpException(
                    corrupt.code(),
                    corrupt.description() + "; " + failed.description(),
                    corrupt.hint().orElse(null),
                    failed);
        } catch (UncheckedIOException unread) {
            failed.addSuppressed(unread);
        }
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
        encryption.requireReadable(manifest, "nothing was changed");
        if (manifest.fileType().format() == DumpFormat.PLAIN) {
            // The plan reads all of a script: first what needs no bytes of the dump.
            restorer.check(manifest, target, options);
        }
        if (!manifest.parts().isEmpty()) {
            HashedParts stored = new HashedParts(store, manifest, encryption, DumpProgress.SILENT);
            return restorer.plan(manifest, stored, target, options);
        }
        try (InputStream stored = encryption.decrypting(manifest, store.open(manifest.key()))) {
            return restorer.plan(manifest, stored, target, options);
        } catch (IOException unread) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED,
                    "dump " + manifest.key() + " couldn't be read: " + IoReason.of(unread) + "; nothing was changed",
                    "check the store, then restore again",
                    unread);
        }
    }

    /**
     * Whether everything that the restore makes is a database that it drops again if it fails. Then one pass over the
     * dump is enough. False also for a dump whose contents can't be read, because its verification says more.
     */
    private boolean canBeUndone(DumpManifest manifest, DatabaseSecret target, RestoreOptions options) {
        try {
            RestorePlan plan = plan(manifest, target, options);
            plan.requirePossible();
            return plan.createsDatabase()
                    && !plan.dropsDatabase()
                    && plan.createdRoles().isEmpty();
        } catch (AutoDumpException failed) {
            if (failed.code() == ErrorCode.DUMP_CORRUPT) {
                verifyDump.verify(manifest, DumpProgress.SILENT);
            }
            throw failed;
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
