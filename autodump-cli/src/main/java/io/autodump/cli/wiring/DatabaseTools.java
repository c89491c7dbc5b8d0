package io.autodump.cli.wiring;

import io.autodump.cli.config.Configuration;
import io.autodump.cli.doctor.DatabaseChecks;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.port.ArchiveInspector;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.RestoreCheck;

/** All that deals with servers and with the client programs. Thread-safe. */
public interface DatabaseTools {
    DumpSource source();

    ArchiveInspector inspector();

    DumpRestorer restorer();

    /** Proves dumps by restoring them into that server. */
    RestoreCheck restoreCheck(DatabaseSecret scratchServer);

    DatabaseChecks checks();

    /** Makes the tools that a configuration asks for. Nothing is connected to yet. */
    interface Factory {
        DatabaseTools create(Configuration configuration);
    }
}
