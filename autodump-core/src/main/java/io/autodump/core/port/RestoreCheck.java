package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import java.io.InputStream;

/** Proves a dump by restoring it somewhere harmless; what {@code autodump:verify} = {@code restore} asks for. */
public interface RestoreCheck {
    /**
     * Looks, before the database is connected to, whether its dump can be proven: the scratch server can be used and has
     * the engine of the database.
     *
     * @param database that is to be dumped
     * @throws io.autodump.core.error.AutoDumpException what stands in the way, with its remedy
     */
    void checkReady(DatabaseSecret database);

    /**
     * Restores the dump into a new scratch database, counts every table that the manifest has counted, and removes the
     * scratch database again, whatever the outcome. Doesn't close the stream.
     *
     * @param manifest not published yet
     * @throws io.autodump.core.error.AutoDumpException {@code RESTORE_FAILED}, or {@code RESTORE_DIFFERS} with the tables
     *     that differ
     */
    void prove(DumpManifest manifest, InputStream stored);
}
