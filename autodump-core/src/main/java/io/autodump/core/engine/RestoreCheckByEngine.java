package io.autodump.core.engine;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.restore.StoredParts;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;

/** Proves dumps on a scratch server. Reads the server's connection only when there is a dump to prove. */
final class RestoreCheckByEngine implements RestoreCheck {
    private final Engines engines;
    private final Supplier<DatabaseSecret> scratchServer;

    RestoreCheckByEngine(Engines engines, Supplier<DatabaseSecret> scratchServer) {
        this.engines = engines;
        this.scratchServer = scratchServer;
    }

    @Override
    public void checkReady(DatabaseSecret database) {
        DatabaseSecret server = serverFor(database);
        engines.of(server).restoreCheck(server).checkReady(database);
    }

    @Override
    public void checkReady(DatabaseSecret database, DumpSettings settings) {
        DatabaseSecret server = serverFor(database);
        engines.of(server).restoreCheck(server).checkReady(database, settings);
    }

    @Override
    public List<String> limits(DatabaseSecret database, DumpSettings settings) {
        DatabaseSecret server = serverFor(database);
        return engines.of(server).restoreCheck(server).limits(database, settings);
    }

    private DatabaseSecret serverFor(DatabaseSecret database) {
        DatabaseSecret server = scratchServer.get();
        if (engines.of(server) != engines.of(database)) {
            throw new AutoDumpException(
                    ErrorCode.SCRATCH_SERVER_MISSING,
                    "database " + database.database() + " is of the engine " + database.engine()
                            + ", and the scratch server of " + server.engine() + "; nothing was dumped",
                    "configure a scratch server of the engine " + database.engine()
                            + ", or set autodump:verify=archive");
        }
        return server;
    }

    @Override
    public void prove(DumpManifest manifest, StoredParts stored) {
        DatabaseSecret server = scratchServer.get();
        engines.of(server).restoreCheck(server).prove(manifest, stored);
    }

    @Override
    public void prove(DumpManifest manifest, InputStream stored) {
        DatabaseSecret server = scratchServer.get();
        engines.of(server).restoreCheck(server).prove(manifest, stored);
    }
}
