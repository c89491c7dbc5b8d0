package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.RestoreCheck;
import io.autodump.core.restore.RestoreObstacle;
import io.autodump.core.restore.StoredParts;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.connection.ConnectionFailure;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.connection.RefusedStatement;
import io.autodump.postgres.connection.ServerReason;
import io.autodump.postgres.connection.Sql;
import io.autodump.postgres.load.LoadListener;
import io.autodump.postgres.server.PoolerCheck;
import io.autodump.postgres.server.TableRowCounts;
import io.autodump.process.ShutdownCleanup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Proves a dump on a scratch server: restores it into a new database {@code autodump_verify_…}, counts the rows, and
 * drops that database. Creates roles that the dump names and the server lacks, without the right to log in, and drops
 * them afterwards. If the dump's tables weren't counted, a restore without errors is the only proof.
 *
 * <p>The scratch server must have the dumped server's version or a newer one, and its extensions. The user must be a
 * superuser, the administrator of a managed service, or any user with CREATEDB and CREATEROLE. A user who isn't a
 * superuser restores without owners and privileges, because giving a table away needs rights of the new owner that only
 * the source server has, and without what a superuser alone creates, if no table needs it; see {@link #limits}. The
 * check executes what the dump contains: use no server that holds anything of value. Thread-safe.
 */
public final class ScratchRestoreCheck implements RestoreCheck {
    private static final int MOST_DIFFERENCES = 20;

    private final PostgresClients clients;
    private final DatabaseSecret scratch;

    /**
     * Connects to nothing yet.
     *
     * @param scratch a connection to a database of the scratch server, for example {@code postgres}; nothing in it
     *     is changed
     */
    public ScratchRestoreCheck(PostgresClients clients, DatabaseSecret scratch) {
        this.clients = clients;
        this.scratch = scratch;
    }

    @Override
    public void checkReady(DatabaseSecret database) {
        try (Connection connection = DatabaseConnection.open(scratch)) {
            requireUsable(connection);
        } catch (SQLException failed) {
            throw ConnectionFailure.explain(scratch, failed);
        }
    }

    private void requireUsable(Connection connection) throws SQLException {
        PoolerCheck.requireOwnSession(scratch, connection);
        ScratchRoles.requireMayCreate(connection, scratch);
    }

    @Override
    public void checkReady(DatabaseSecret database, DumpSettings settings) {
        limits(database, settings);
    }

    /** {@inheritDoc} These are event triggers, subscriptions, publications of all tables, and foreign data. */
    @Override
    public List<String> limits(DatabaseSecret database, DumpSettings settings) {
        try (Connection connection = DatabaseConnection.open(scratch)) {
            requireUsable(connection);
            return ScratchLook.take(database, settings, connection, scratch).stream()
                    .map(leftOut -> "the restore check leaves out " + leftOut + " on the scratch server")
                    .toList();
        } catch (SQLException failed) {
            throw ConnectionFailure.explain(scratch, failed);
        }
    }

    @Override
    public void prove(DumpManifest manifest, InputStream stored) {
        prove(manifest, stored, Optional.empty());
    }

    @Override
    public void prove(DumpManifest manifest, StoredParts stored) {
        try (InputStream archive = stored.open(manifest.parts().archive().name())) {
            prove(manifest, archive, Optional.of(stored));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void prove(DumpManifest manifest, InputStream stored, Optional<StoredParts> parts) {
        String name = "autodump_verify_"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        RestoreTarget target = new RestoreTarget(
                DatabaseSecret.builder().from(scratch).database(name).build());
        PostgresClient client = clients.forArchive(manifest.clientVersion());
        ScratchRoles roles = ScratchRoles.create(scratch, manifest.roles());
        Runnable cleanup = target::drop;
        ShutdownCleanup.add(cleanup);
        RestoreOptions options = options(roles);
        try (OpenedDump dump = OpenedDump.open(manifest, stored, options, DumpProgress.SILENT)) {
            TargetChecks.Findings found = new TargetChecks(manifest, target, options).run(dump.chosen());
            List<RestoreObstacle> obstacles = PgRestorePlan.of(
                            found, dump.chosen(), manifest.fileType().format())
                    .obstacles();
            RestoreOptions part = without(obstacles, options);
            OpenedDump proven = dump.choosing(part);
            requireAllRows(proven, obstacles);
            int serverMajor = found.serverMajor();
            Restoration restoration = new Restoration(
                    client, manifest, target.secret(), serverMajor, part, parts, LoadListener.of(DumpProgress.SILENT));
            restore(proven, restoration, target, serverMajor, part);
            requireSameRows(manifest, target);
        } catch (AutoDumpException failed) {
            throw unpublished(failed, target);
        } finally {
            cleanup.run();
            ShutdownCleanup.remove(cleanup);
            roles.close();
        }
    }

    private static void restore(
            OpenedDump dump, Restoration restoration, RestoreTarget target, int serverMajor, RestoreOptions options) {
        NewDatabase created = new NewDatabase(
                target.secret().database(),
                dump.manifest().databaseProperties(),
                serverMajor,
                Optional.empty(),
                Optional.empty());
        target.create(created);
        List<String> refused = target.set(created.beginning(!options.noOwner()));
        try {
            restoration.run(dump, RestoreSession.variables(target.secret()));
        } catch (AutoDumpException failed) {
            throw RestoreFailure.after(refused, failed);
        }
    }

    private RestoreOptions without(List<RestoreObstacle> obstacles, RestoreOptions options) {
        ScratchLook.requireNone(ScratchLook.others(obstacles), scratch);
        return RestoreOptions.builder()
                .from(options)
                .skip(ScratchLook.avoidable(obstacles).stream()
                        .flatMap(obstacle -> obstacle.skip().stream())
                        .toList())
                .build();
    }

    /** A table that needs what is left out would be left out too. */
    private void requireAllRows(OpenedDump proven, List<RestoreObstacle> obstacles) {
        boolean lacksRows = proven.chosen()
                .filter(chosen ->
                        !chosen.withoutAllRows(proven.manifest().tables()).isEmpty())
                .isPresent();
        if (lacksRows) {
            ScratchLook.requireNone(obstacles, scratch);
        }
    }

    private static RestoreOptions options(ScratchRoles roles) {
        return RestoreOptions.builder()
                .create(true)
                .noOwner(!roles.areBySuperuser())
                .build();
    }

    private static AutoDumpException unpublished(AutoDumpException failed, RestoreTarget target) {
        return new AutoDumpException(
                failed.code(),
                "restore check on " + target.secret().host() + ":"
                        + target.secret().port() + ": " + failed.description() + "; nothing was published",
                failed.hint().orElse(null),
                failed);
    }

    private static void requireSameRows(DumpManifest manifest, RestoreTarget target) {
        if (manifest.tables().isEmpty()) {
            return;
        }
        List<String> differences = differences(manifest.tables(), restored(target));
        if (!differences.isEmpty()) {
            int more = differences.size() - MOST_DIFFERENCES;
            throw new AutoDumpException(
                    ErrorCode.RESTORE_DIFFERS,
                    "the restored database has other rows than the dump's snapshot: "
                            + differences.stream().limit(MOST_DIFFERENCES).collect(Collectors.joining(", "))
                            + (more > 0 ? " and " + more + " more tables" : ""),
                    "dump again; if it differs again, look for triggers or rules that change rows as they are restored");
        }
    }

    private static List<TableRows> restored(RestoreTarget target) {
        try (Connection connection = target.connectForLongQueries()) {
            return TableRowCounts.count(connection);
        } catch (SQLException uncounted) {
            throw new AutoDumpException(
                    ErrorCode.RESTORE_FAILED,
                    "the restored rows couldn't be counted: " + ServerReason.of(uncounted),
                    RefusedStatement.isForbidden(uncounted)
                            ? "let a superuser of the scratch server do the restore check"
                            : RefusedStatement.hint(uncounted, target.secret())
                                    .orElse(
                                            "run the check again; if it fails again, look into the scratch server's log"),
                    uncounted);
        }
    }

    static List<String> differences(List<TableRows> expected, List<TableRows> actual) {
        Map<String, TableRows> restored =
                actual.stream().collect(Collectors.toMap(ScratchRestoreCheck::name, Function.identity()));
        return expected.stream()
                .filter(table -> !table.equals(restored.get(name(table))))
                .map(table -> name(table) + ": " + table.rows() + " dumped, "
                        + Optional.ofNullable(restored.get(name(table)))
                                .map(found -> found.rows() + " restored")
                                .orElse("table missing"))
                .toList();
    }

    /**
     * Drops a database of the scratch server, and ends its connections, on an interrupted thread too.
     *
     * @param database a connection to the database; it needn't exist
     */
    public static void drop(DatabaseSecret database) {
        new RestoreTarget(database).drop();
    }

    private static String name(TableRows table) {
        return Sql.identifier(table.schema()) + "." + Sql.identifier(table.table());
    }
}
