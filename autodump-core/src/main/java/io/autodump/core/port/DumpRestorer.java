package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.restore.StoredParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Restores dumps into databases. Thread-safe. */
public interface DumpRestorer {
    /**
     * Checks, before anything is changed, that the target can be reached, that it exists or may be created, and that
     * it is empty or needn't be.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code TARGET_NOT_EMPTY}, {@code TARGET_MISSING}, {@code
     *     TARGET_TOO_OLD}, {@code ROLES_MISSING}, or what prevents a connection; nothing was changed
     */
    void check(DumpManifest manifest, DatabaseSecret target, RestoreOptions options);

    /**
     * Looks at the dump's contents and at the target, as every restore does before it starts, and says what the restore
     * would do. Changes nothing. Doesn't close the stream. The default is for engines that look at no more than {@link
     * #check} does.
     *
     * @param stored the stored bytes from the beginning; as much of them is read as the look needs
     * @return also the obstacles that would make the restore fail
     * @throws io.autodump.core.error.AutoDumpException what {@link #check} throws, and {@code DUMP_CORRUPT}
     */
    default RestorePlan plan(DumpManifest manifest, InputStream stored, DatabaseSecret target, RestoreOptions options) {
        check(manifest, target, options);
        return RestorePlan.builder().build();
    }

    /**
     * As {@link #plan(DumpManifest, InputStream, DatabaseSecret, RestoreOptions)}, for a dump of several parts. By
     * default it looks at the archive alone.
     *
     * @param stored the stored parts; as much of them is read as the look needs
     */
    default RestorePlan plan(DumpManifest manifest, StoredParts stored, DatabaseSecret target, RestoreOptions options) {
        try (InputStream archive = stored.open(manifest.parts().archive().name())) {
            return plan(manifest, archive, target, options);
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    /**
     * As {@link #restore(DumpManifest, InputStream, DatabaseSecret, RestoreOptions, DumpProgress)}, for a dump of
     * several parts. Compares the rows of each part with the manifest. By default it refuses the dump.
     *
     * @param stored the stored parts. Each that is restored is read to its end, which compares its SHA-256
     * @param progress gets the names of tables; the parts report their bytes themselves
     * @throws io.autodump.core.error.AutoDumpException {@code RESTORE_FAILED}, {@code RESTORE_DIFFERS}, {@code
     *     DUMP_CORRUPT}; the target is then incomplete, and the message says so
     */
    default RestoreReport restore(
            DumpManifest manifest,
            StoredParts stored,
            DatabaseSecret target,
            RestoreOptions options,
            DumpProgress progress) {
        throw new AutoDumpException(
                ErrorCode.RESTORE_FAILED,
                "dump " + manifest.key() + " has " + manifest.parts().all().size()
                        + " parts, and this restorer takes dumps of one file only; nothing was changed",
                "run the commands in restoreCommands of the manifest");
    }

    /**
     * Restores a dump. Creates the database first if the options say so. Doesn't close the stream.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code RESTORE_FAILED}; the target is then incomplete, and the
     *     message says so
     */
    RestoreReport restore(
            DumpManifest manifest,
            InputStream stored,
            DatabaseSecret target,
            RestoreOptions options,
            DumpProgress progress);
}
