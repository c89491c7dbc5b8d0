package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.restore.StoredParts;
import java.io.InputStream;
import java.util.List;

/** Proves a dump by restoring it into a scratch database, for {@code autodump:verify=restore}. Thread-safe. */
public interface RestoreCheck {
    /**
     * Checks, before the database is connected to, that its dump can be proven: the scratch server can be used and has
     * the engine of the database.
     *
     * @param database the database to dump
     * @throws io.autodump.core.error.AutoDumpException what prevents the proof, with its remedy
     */
    void checkReady(DatabaseSecret database);

    /**
     * As {@link #checkReady(DatabaseSecret)}, and looks also at the database for what the scratch server can't take.
     * The default doesn't.
     *
     * @param settings how the database is dumped
     * @throws io.autodump.core.error.AutoDumpException what prevents the proof, with its remedy; also failures to
     *     connect to the database
     */
    default void checkReady(DatabaseSecret database, DumpSettings settings) {
        checkReady(database);
    }

    /**
     * As {@link #checkReady(DatabaseSecret, DumpSettings)}, and says what of the database the proof leaves out because
     * the scratch server's user may not create it. The default leaves nothing out.
     *
     * @return a sentence for each, for the warnings of the manifest
     * @throws io.autodump.core.error.AutoDumpException what prevents the proof, with its remedy
     */
    default List<String> limits(DatabaseSecret database, DumpSettings settings) {
        checkReady(database, settings);
        return List.of();
    }

    /**
     * Restores the dump into a new scratch database, counts every table whose rows are in the manifest, and always
     * removes the scratch database. Doesn't close the stream.
     *
     * @param manifest the manifest of the dump, which isn't published yet
     * @param stored the stored bytes, from the beginning
     * @throws io.autodump.core.error.AutoDumpException {@code RESTORE_FAILED}, or {@code RESTORE_DIFFERS} with the
     *     tables that differ
     */
    void prove(DumpManifest manifest, InputStream stored);

    /**
     * As {@link #prove(DumpManifest, InputStream)}, for a dump of several parts. By default it refuses the dump.
     *
     * @param stored the stored parts
     */
    default void prove(DumpManifest manifest, StoredParts stored) {
        throw new AutoDumpException(
                ErrorCode.RESTORE_FAILED,
                "dump " + manifest.key() + " has " + manifest.parts().all().size()
                        + " parts, and the restore check takes dumps of one file only; nothing was published",
                "set autodump:jobs=1 or autodump:verify=archive");
    }
}
