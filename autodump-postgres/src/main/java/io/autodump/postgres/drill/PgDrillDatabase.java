package io.autodump.postgres.drill;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.drill.DrillAssertions;
import io.autodump.core.drill.DrillDatabase;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.connection.ConnectionFailure;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.postgres.contents.ArchiveCatalog;
import io.autodump.postgres.contents.ChosenEntries;
import io.autodump.postgres.restore.ScratchRestoreCheck;
import io.autodump.postgres.restore.ScratchRoles;
import io.autodump.process.ShutdownCleanup;
import io.autodump.process.stream.OuterCompression;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A database of a drill. Creates roles that the dump names and the server lacks, without the right to log in, and drops
 * them afterwards. A user who isn't a superuser restores without owners and privileges.
 */
final class PgDrillDatabase implements DrillDatabase {
    private static final String APPLICATION_NAME = "autodump drill";

    private final DatabaseSecret target;
    private final String server;
    private final PostgresClients clients;
    private final ScratchRoles roles;
    private final RestoreOptions options;
    private final Runnable end;
    private final Runnable dropping;

    private PgDrillDatabase(
            DatabaseSecret target,
            String server,
            PostgresClients clients,
            ScratchRoles roles,
            RestoreOptions options,
            Runnable end) {
        this.target = target;
        this.server = server;
        this.clients = clients;
        this.roles = roles;
        this.options = options;
        this.end = end;
        this.dropping = () -> ScratchRestoreCheck.drop(target);
        ShutdownCleanup.add(dropping);
    }

    /**
     * Creates the roles of the dump. The restore creates the database.
     *
     * @param words the server in words
     * @param name of the database
     * @param end runs when the drill has ended
     */
    static DrillDatabase on(
            DatabaseSecret server,
            String words,
            String name,
            PostgresClients clients,
            DumpManifest manifest,
            Runnable end) {
        ScratchRoles roles = ScratchRoles.create(server, manifest.roles());
        boolean leavesOwnersOut = manifest.fileType().format() == DumpFormat.CUSTOM && !roles.areBySuperuser();
        RestoreOptions options =
                RestoreOptions.builder().create(true).noOwner(leavesOwnersOut).build();
        DatabaseSecret target =
                DatabaseSecret.builder().from(server).database(name).build();
        return new PgDrillDatabase(target, words, clients, roles, options, end);
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public DatabaseSecret target() {
        return target;
    }

    @Override
    public RestoreOptions options() {
        return options;
    }

    @Override
    public Optional<Integer> compareObjects(DumpManifest manifest, InputStream stored) {
        if (manifest.fileType().format() == DumpFormat.PLAIN) {
            return Optional.empty();
        }
        try {
            InputStream archive =
                    OuterCompression.undo(manifest.fileType(), new StoredBytes(stored, DumpProgress.SILENT));
            ChosenEntries restored =
                    ChosenEntries.of(ArchiveCatalog.read(archive).entries(), options);
            return Optional.of(new ObjectComparison(restored.entries()).requireAll(client(manifest), target));
        } catch (IOException unread) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_CORRUPT,
                    "the contents list of dump " + manifest.key() + " couldn't be read again: " + IoReason.of(unread),
                    Hints.OTHER_DUMP,
                    unread);
        }
    }

    /** The client that wrote the archive lists the same kinds, but it can't read a newer server. */
    private PostgresClient client(DumpManifest manifest) {
        PostgresClient wrote = clients.forArchive(manifest.clientVersion());
        int serverMajor = serverMajor();
        return wrote.major() >= serverMajor ? wrote : clients.forServer(serverMajor);
    }

    private int serverMajor() {
        try (Connection connection = DatabaseConnection.open(target)) {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException failed) {
            throw ConnectionFailure.explain(target, failed);
        }
    }

    @Override
    public int check(DrillAssertions assertions) {
        try (Connection connection = DatabaseConnection.openForLongQueries(target, APPLICATION_NAME)) {
            return new AssertionRun(assertions).check(connection);
        } catch (SQLException unclosed) {
            throw ConnectionFailure.explain(target, unclosed);
        }
    }

    @Override
    public void close() {
        dropping.run();
        ShutdownCleanup.remove(dropping);
        roles.close();
        end.run();
    }
}
