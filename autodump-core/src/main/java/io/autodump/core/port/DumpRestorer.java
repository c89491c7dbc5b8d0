package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import java.io.InputStream;

/** Brings a dump back into a database. */
public interface DumpRestorer {
    /**
     * Looks before anything is changed: whether the target can be reached, whether it is there or may be created, and
     * whether it is empty or needn't be.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code TARGET_NOT_EMPTY}, {@code TARGET_MISSING}, {@code
     *     TARGET_TOO_OLD}, {@code ROLES_MISSING}, or what stands in the way of a connection; nothing was changed
     */
    void check(DumpManifest manifest, DatabaseSecret target, RestoreOptions options);

    /**
     * Restores, creating the database if so told. Doesn't close the stream.
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
