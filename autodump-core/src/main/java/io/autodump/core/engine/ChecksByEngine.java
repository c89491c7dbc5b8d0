package io.autodump.core.engine;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Finding;
import io.autodump.core.port.DatabaseChecks;
import io.autodump.core.port.DatabaseEngine;
import java.util.List;

/** Checks each server with its own engine. */
final class ChecksByEngine implements DatabaseChecks {
    private final Engines engines;
    private final List<DatabaseEngine> all;

    ChecksByEngine(Engines engines, List<DatabaseEngine> all) {
        this.engines = engines;
        this.all = all;
    }

    @Override
    public List<Finding> clients() {
        return all.stream()
                .flatMap(engine -> engine.checks().clients().stream())
                .toList();
    }

    @Override
    public List<Finding> database(String secretName, DatabaseSecret database, DumpSettings settings) {
        try {
            return engines.of(database).checks().database(secretName, database, settings);
        } catch (AutoDumpException unknown) {
            return List.of(Finding.failed(secretName, "engine", unknown));
        }
    }

    @Override
    public Finding scratch(String secretName, DatabaseSecret server) {
        try {
            return engines.of(server).checks().scratch(secretName, server);
        } catch (AutoDumpException unknown) {
            return Finding.failed(secretName, "engine", unknown);
        }
    }

    @Override
    public Finding scratch(String secretName, DatabaseSecret server, DatabaseSecret database, DumpSettings settings) {
        try {
            return engines.of(server).checks().scratch(secretName, server, database, settings);
        } catch (AutoDumpException unknown) {
            return Finding.failed(secretName, "engine", unknown);
        }
    }
}
