package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.restore.RestoreObstacle;
import io.autodump.core.server.ServerNeeds;
import io.autodump.postgres.connection.ConnectionFailure;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.look.SourceContents;
import io.autodump.postgres.look.TargetLook;
import io.autodump.postgres.look.TargetServer;
import io.autodump.postgres.server.DatabasePropertiesQuery;
import io.autodump.postgres.server.ServerNeedsQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds before a dump what of the database a scratch server can't take. */
final class ScratchLook {
    private ScratchLook() {}

    /**
     * Looks at the database and at the server. A dump of some schemas holds next to nothing of what is looked for.
     *
     * @param scratch a connection to the scratch server
     * @throws AutoDumpException {@code TARGET_UNFIT}, {@code TARGET_TOO_OLD}; what prevents a connection
     */
    static void take(DatabaseSecret database, DumpSettings settings, Connection scratch, DatabaseSecret server)
            throws SQLException {
        if (!settings.schemas().isEmpty()) {
            return;
        }
        try (Connection source = DatabaseConnection.open(database)) {
            requireNewEnough(source, scratch);
            ServerNeeds needs = ServerNeeds.builder()
                    .extensions(ServerNeedsQuery.extensions(source))
                    .build();
            RestoreOptions options =
                    RestoreOptions.builder().create(true).noOwner(true).build();
            TargetLook look = TargetLook.take(
                    new TargetServer(scratch, false),
                    SourceContents.read(source),
                    needs,
                    Optional.of(DatabasePropertiesQuery.run(source)),
                    options,
                    Set.of());
            requireNone(look.obstacles(), server);
        } catch (SQLException failed) {
            throw ConnectionFailure.explain(database, failed);
        }
    }

    private static void requireNewEnough(Connection source, Connection scratch) throws SQLException {
        int dumped = source.getMetaData().getDatabaseMajorVersion();
        if (scratch.getMetaData().getDatabaseMajorVersion() < dumped) {
            throw new AutoDumpException(
                    ErrorCode.TARGET_TOO_OLD,
                    "the database's server is PostgreSQL "
                            + source.getMetaData().getDatabaseProductVersion()
                            + ", and the scratch server is PostgreSQL "
                            + scratch.getMetaData().getDatabaseProductVersion(),
                    "use a scratch server of version " + dumped + " or newer");
        }
    }

    /**
     * Refuses a scratch server that would fail.
     *
     * @throws AutoDumpException {@code TARGET_UNFIT}
     */
    static void requireNone(List<RestoreObstacle> obstacles, DatabaseSecret server) {
        if (!obstacles.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.TARGET_UNFIT,
                    "the scratch server " + server.host() + ":" + server.port() + " can't take what the dump holds: "
                            + obstacles.stream().map(RestoreObstacle::toString).collect(Collectors.joining("; ")),
                    "give the scratch server what it lacks, use a superuser of it, or set autodump:verify=archive");
        }
    }
}
