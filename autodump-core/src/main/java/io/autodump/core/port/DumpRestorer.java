package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.restore.RestorePlan;
import java.io.InputStream;

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
