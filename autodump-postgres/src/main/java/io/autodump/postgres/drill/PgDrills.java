package io.autodump.postgres.drill;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.drill.DrillDatabase;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.postgres.client.MajorVersion;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.connection.ConnectionFailure;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.restore.ScratchRoles;
import io.autodump.postgres.server.PoolerCheck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Prepares restore drills. */
public final class PgDrills {
    private static final int RANDOM = 12;

    private PgDrills() {}

    /**
     * Prepares the drill of one dump, on the scratch server or on a throw-away server.
     *
     * @throws AutoDumpException as {@code DatabaseEngine.drill}
     */
    public static DrillDatabase prepare(PostgresClients clients, DumpManifest manifest, DrillOptions options) {
        clients.forArchive(manifest.clientVersion());
        return options.scratchServer()
                .map(server -> onScratchServer(clients, manifest, options, server))
                .orElseGet(() -> onThrowAwayServer(clients, manifest, options));
    }

    private static DrillDatabase onScratchServer(
            PostgresClients clients, DumpManifest manifest, DrillOptions options, DatabaseSecret server) {
        try (Connection connection = DatabaseConnection.open(server)) {
            PoolerCheck.requireOwnSession(server, connection);
            requireSameVersion(connection, manifest, options);
            ScratchRoles.requireMayCreate(connection, server);
            DrillRoom.require(manifest, connection);
            return PgDrillDatabase.on(server, "a scratch server", name(), clients, manifest, () -> {});
        } catch (SQLException failed) {
            throw ConnectionFailure.explain(server, failed);
        }
    }

    private static DrillDatabase onThrowAwayServer(
            PostgresClients clients, DumpManifest manifest, DrillOptions options) {
        Path folder = Path.of(options.folder().orElseGet(() -> System.getProperty("java.io.tmpdir")));
        ServerPrograms programs = ServerPrograms.find(clients, majorOf(manifest));
        ThrowAwayServer.removeLeftBehind(programs, folder);
        DrillRoom.require(manifest, folder);
        ThrowAwayServer server = ThrowAwayServer.start(programs, folder);
        try {
            return PgDrillDatabase.on(
                    server.connection(), "a server that the drill started", name(), clients, manifest, server::close);
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    private static String name() {
        return "autodump_drill_" + UUID.randomUUID().toString().replace("-", "").substring(0, RANDOM);
    }

    private static int majorOf(DumpManifest manifest) {
        return MajorVersion.of(manifest.serverVersion())
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.INVALID_DOCUMENT,
                        "the manifest's serverVersion \"" + manifest.serverVersion()
                                + "\" isn't a version of PostgreSQL; nothing was restored",
                        Hints.OTHER_DUMP));
    }

    private static void requireSameVersion(Connection connection, DumpManifest manifest, DrillOptions options)
            throws SQLException {
        int dumped = majorOf(manifest);
        int actual = connection.getMetaData().getDatabaseMajorVersion();
        if (actual != dumped && !(options.newerServer() && actual > dumped)) {
            throw new AutoDumpException(
                    ErrorCode.DRILL_VERSION_DIFFERS,
                    "the dump is of PostgreSQL " + manifest.serverVersion() + ", and the scratch server is PostgreSQL "
                            + connection.getMetaData().getDatabaseProductVersion()
                            + ": a drill there wouldn't prove that the dump restores on a server like its own;"
                            + " nothing was restored",
                    "use a scratch server of version " + dumped
                            + (actual > dumped ? ", or " + Hints.NEWER_SERVER : ""));
        }
    }
}
