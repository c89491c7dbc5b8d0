package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;

/** Dumps databases. Thread-safe. */
public interface DumpSource {
    /**
     * Checks, before a byte is dumped, that the server can be reached, that there is a client for its version, and
     * that the user may read everything that is dumped. If this throws, nothing keeps running.
     *
     * @throws io.autodump.core.error.AutoDumpException what prevents the dump, with its remedy
     */
    PreparedDump prepare(DatabaseSecret database, DumpSettings settings);
}
