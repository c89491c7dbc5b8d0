package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;

/** Where a dump comes from. */
public interface DumpSource {
    /**
     * Looks before a byte is dumped: can the server be reached, is there a client for its version, may the user read
     * all that is to be dumped. Nothing runs on when this has thrown.
     *
     * @throws io.autodump.core.error.AutoDumpException what stands in the way, with its remedy
     */
    PreparedDump prepare(DatabaseSecret database, DumpSettings settings);
}
