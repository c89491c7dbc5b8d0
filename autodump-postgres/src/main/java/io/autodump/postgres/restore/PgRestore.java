package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.server.TableRowCounts;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Restores with {@code pg_restore} and {@code psql}, of the version that wrote the dump or the nearest newer one.
 *
 * <ul>
 *   <li>Owners and privileges are restored as they were. Roles belong to the server and are in no dump of a database,
 *       so the ones that the manifest names must be there: if not, nothing is changed, and the error has the commands
 *       that create them. {@link RestoreOptions#noOwner} does without (policies for a missing role still fail).
 *   <li>The restore stops at the first error. A database that it has created itself is then dropped again, so that
 *       nobody takes a part for the whole; one that was there stays as it is then, incomplete.
 *   <li>A database is created from {@code template0} with the dumped database's encoding, locale, settings, comment,
 *       privileges and connection limit.
 *   <li>A target server older than the dump's is refused. Where the client is of version 17 or newer and the server
 *       isn't, the archive is turned into a script on its way, without the one setting that such servers don't know.
 *   <li>Afterwards {@code ANALYZE} gives the planner its statistics, which dumps don't hold before PostgreSQL 18;
 *       without them the first queries would be slow.
 *   <li>More than one job stages the archive, without its outer compression, in the folder for temporary files; a plain
 *       script, and an archive that is turned into one, is run over one connection. In parallel {@code pg_restore}
 *       keeps no order but that of dependencies, and rows that a {@code NOT VALID} constraint of a domain forbids may
 *       then be refused.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class PgRestore implements DumpRestorer {
    private final PostgresClients clients;

    public PgRestore(PostgresClients clients) {
        this.clients = clients;
    }

    @Override
    public void check(DumpManifest manifest, DatabaseSecret target, RestoreOptions options) {
        clients.forArchive(manifest.clientVersion());
        new TargetChecks(manifest, new RestoreTarget(target), options).run();
    }

    /**
     * {@inheritDoc} Everything that {@link #check} looks at is looked at again first.
     *
     * @throws AutoDumpException also {@code DUMP_CORRUPT} and {@code STORE_FAILED}, where the dump can't be read to its
     *     end; {@code PRIVILEGES_MISSING} if all was restored and can't be counted
     */
    @Override
    public RestoreReport restore(
            DumpManifest manifest,
            InputStream stored,
            DatabaseSecret target,
            RestoreOptions options,
            DumpProgress progress) {
        PostgresClient client = clients.forArchive(manifest.clientVersion());
        RestoreTarget database = new RestoreTarget(target);
        TargetChecks.Findings found = new TargetChecks(manifest, database, options).run();
        NewDatabase created = new NewDatabase(
                target.database(), manifest.databaseProperties(), found.serverMajor(), options.locale());
        if (!found.there()) {
            database.create(created);
        }
        try {
            new Restoration(client, manifest, target, found.serverMajor(), options, progress)
                    .run(stored, RestoreSession.variables(target));
        } catch (AutoDumpException failed) {
            throw withConsequence(failed, target, found.there() ? "is incomplete" : cleared(database));
        }
        List<String> warnings = found.there() ? List.of() : database.finish(created.finishing(!options.noOwner()));
        return report(client, database, warnings);
    }

    private static String cleared(RestoreTarget database) {
        return database.drop()
                ? "was created for this restore and is dropped again"
                : "was created for this restore, is incomplete, and couldn't be dropped again";
    }

    private static AutoDumpException withConsequence(
            AutoDumpException failed, DatabaseSecret target, String consequence) {
        return new AutoDumpException(
                failed.code(),
                failed.description() + "; database \"" + target.database() + "\" at " + target.host() + ":"
                        + target.port() + " " + consequence,
                failed.hint().orElse(null),
                failed);
    }

    private static RestoreReport report(PostgresClient client, RestoreTarget database, List<String> warnings) {
        try (Connection connection = database.connectForLongQueries()) {
            analyze(connection);
            List<TableRows> tables = TableRowCounts.count(connection);
            return RestoreReport.builder()
                    .clientVersion(client.version())
                    .serverVersion(connection.getMetaData().getDatabaseProductVersion())
                    .tables(tables)
                    .warnings(warnings)
                    .build();
        } catch (SQLException uncounted) {
            throw new AutoDumpException(
                    ErrorCode.PRIVILEGES_MISSING,
                    "the dump was restored to its end, and then its rows couldn't be counted: "
                            + uncounted.getMessage(),
                    "compare them with the manifest as a user who may read every table",
                    uncounted);
        }
    }

    /** A failure isn't the restore's: the data is complete without ANALYZE, and autovacuum will run it too. */
    private static void analyze(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            statement.execute("ANALYZE");
        } catch (SQLException later) {
            // See above.
        }
    }
}
