package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.restore.RestoreObstacle;
import io.autodump.core.restore.SkippableKind;
import io.autodump.core.server.ServerNeeds;
import io.autodump.postgres.connection.ConnectionFailure;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.look.SourceContents;
import io.autodump.postgres.look.TargetLook;
import io.autodump.postgres.look.TargetServer;
import io.autodump.postgres.server.DatabasePropertiesQuery;
import io.autodump.postgres.server.PoolerCheck;
import io.autodump.postgres.server.ServerNeedsQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds before a dump what of the database a scratch server can't take. */
final class ScratchLook {
    /** Kinds that other objects seldom need, and that hold no rows. */
    private static final Set<SkippableKind> WITHOUT_ROWS = Set.of(
            SkippableKind.EVENT_TRIGGERS,
            SkippableKind.FOREIGN_SERVERS,
            SkippableKind.FOREIGN_TABLES,
            SkippableKind.PUBLICATIONS,
            SkippableKind.SUBSCRIPTIONS,
            SkippableKind.USER_MAPPINGS);

    private ScratchLook() {}

    /**
     * Looks at the database and at the server. A dump of some schemas holds next to nothing of what is looked for.
     *
     * @param scratch a connection to the scratch server
     * @return what the check will leave out
     * @throws AutoDumpException {@code TARGET_UNFIT}, {@code TARGET_TOO_OLD}; what prevents a connection
     */
    static List<RestoreObstacle> take(
            DatabaseSecret database, DumpSettings settings, Connection scratch, DatabaseSecret server)
            throws SQLException {
        if (!settings.schemas().isEmpty()) {
            return List.of();
        }
        try (Connection source = DatabaseConnection.open(database)) {
            PoolerCheck.requireOwnSession(database, source);
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
            if (settings.format() == DumpFormat.PLAIN) {
                requireNone(look.obstacles(), server);
            }
            requireNone(others(look.obstacles()), server);
            return avoidable(look.obstacles());
        } catch (SQLException failed) {
            throw ConnectionFailure.explain(database, failed);
        }
    }

    /** What the check can leave out, so that the rest of the dump is proven. */
    static List<RestoreObstacle> avoidable(List<RestoreObstacle> obstacles) {
        return obstacles.stream().filter(ScratchLook::isWithoutRows).toList();
    }

    /** What prevents the check. */
    static List<RestoreObstacle> others(List<RestoreObstacle> obstacles) {
        return obstacles.stream().filter(obstacle -> !isWithoutRows(obstacle)).toList();
    }

    private static boolean isWithoutRows(RestoreObstacle obstacle) {
        return obstacle.skip().filter(WITHOUT_ROWS::contains).isPresent();
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
