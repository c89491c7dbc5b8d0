package io.autodump.postgres.restore;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpRestorer;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.restore.RestoredPart;
import io.autodump.core.restore.StoredParts;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.connection.RefusedStatement;
import io.autodump.postgres.connection.ServerReason;
import io.autodump.postgres.load.CountedTables;
import io.autodump.postgres.load.PartLoading;
import io.autodump.postgres.load.PlannerStatistics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Restores with {@code pg_restore} and {@code psql}, of the version that wrote the dump or the nearest newer one.
 *
 * <ul>
 *   <li>Owners and privileges are restored as they were. Roles belong to the server, and no dump of a database holds
 *       them, so the roles that the manifest names must exist. If one is missing, the restore changes nothing, and the
 *       error has the commands that create it. {@link RestoreOptions#createRoles} creates the missing roles. {@link
 *       RestoreOptions#noOwner} needs only those that policies, user mappings and rows name.
 *   <li>The restore compares the contents of the dump with what the server has and what the user may create. If
 *       something would fail, it changes nothing. {@link #restore} doesn't look into a plain script again.
 *   <li>The restore stops at the first error. It then drops a database that it created itself, so that an incomplete
 *       database isn't mistaken for a complete one. An existing database is left incomplete.
 *   <li>A database is created from {@code template0} with the dumped database's encoding, locale, settings, comment,
 *       owner, privileges and connection limit. Its settings come before its data, except those that would get in the
 *       restore's way, such as time limits.
 *   <li>A target server older than the dump's is refused. If the client has version 17 or later and the server doesn't,
 *       the archive is turned into a script while it streams, without the one setting that such servers don't know.
 *   <li>Rows are counted if the manifest has counts to compare, or if {@link RestoreOptions#countRows} is set: while
 *       other tables are still being restored, if the server has a session to spare. The rows of each part are compared
 *       always: {@code COPY} reports their number.
 *   <li>Dumps hold no statistics for the planner before PostgreSQL 18. The report says which tables lack them. With
 *       {@link RestoreOptions#analyze}, {@code ANALYZE} gathers them when everything is restored.
 *   <li>With more than one job, a dump of one file is staged, without its outer compression, in the folder for
 *       temporary files. A plain script, and an archive that is turned into one, runs over one connection. In
 *       parallel, {@code pg_restore} keeps only the order of dependencies. It may then refuse rows that a {@code NOT
 *       VALID} constraint of a domain forbids.
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

    @Override
    public RestorePlan plan(DumpManifest manifest, InputStream stored, DatabaseSecret target, RestoreOptions options) {
        clients.forArchive(manifest.clientVersion());
        try (OpenedDump dump = OpenedDump.openToLook(manifest, stored, options)) {
            TargetChecks.Findings found =
                    new TargetChecks(manifest, new RestoreTarget(target), options).run(dump.chosen());
            return PgRestorePlan.of(found, dump.chosen(), manifest.fileType().format());
        }
    }

    /**
     * {@inheritDoc} First repeats every check of {@link #plan}.
     *
     * @throws AutoDumpException also {@code TARGET_UNFIT} before anything is changed; {@code DUMP_CORRUPT} and {@code
     *     STORE_FAILED}, where the dump can't be read to its end; {@code PRIVILEGES_MISSING} or {@code RESTORE_FAILED}
     *     if everything was restored but the rows can't be counted
     */
    @Override
    public RestoreReport restore(
            DumpManifest manifest,
            InputStream stored,
            DatabaseSecret target,
            RestoreOptions options,
            DumpProgress progress) {
        try (OpenedDump dump = OpenedDump.open(manifest, stored, options, progress)) {
            return restore(dump, Optional.empty(), new RestoreTarget(target), options, progress);
        }
    }

    /** {@inheritDoc} With {@link RestoreOptions#jobs}, as many sessions restore parts at the same time. */
    @Override
    public RestoreReport restore(
            DumpManifest manifest,
            StoredParts stored,
            DatabaseSecret target,
            RestoreOptions options,
            DumpProgress progress) {
        try (InputStream archive = stored.open(manifest.parts().archive().name());
                OpenedDump dump = OpenedDump.open(manifest, archive, options, DumpProgress.SILENT)) {
            return restore(dump, Optional.of(stored), new RestoreTarget(target), options, progress);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private RestoreReport restore(
            OpenedDump dump,
            Optional<StoredParts> parts,
            RestoreTarget database,
            RestoreOptions options,
            DumpProgress progress) {
        TargetChecks.Findings found = new TargetChecks(dump.manifest(), database, options).run(dump.chosen());
        PgRestorePlan.of(found, dump.chosen(), dump.manifest().fileType().format())
                .requirePossible();
        return restore(dump, parts, database, found, options, progress);
    }

    /** Creates the target, or replaces it, if that is asked for. Returns what is new then. */
    private static NewDatabase create(
            RestoreTarget database, TargetChecks.Findings found, DumpManifest manifest, RestoreOptions options) {
        NewDatabase created = new NewDatabase(
                database.secret().database(),
                manifest.databaseProperties(),
                found.serverMajor(),
                options.locale(),
                options.role());
        if (found.drops()) {
            database.replace(created);
        } else if (!found.there()) {
            database.create(created);
        }
        return created;
    }

    private RestoreReport restore(
            OpenedDump dump,
            Optional<StoredParts> parts,
            RestoreTarget database,
            TargetChecks.Findings found,
            RestoreOptions options,
            DumpProgress progress) {
        DumpManifest manifest = dump.manifest();
        DatabaseSecret target = database.secret();
        PostgresClient client = clients.forArchive(manifest.clientVersion());
        List<String> warnings = new ArrayList<>(database.createRoles(manifest, options.createRoles()));
        NewDatabase created = create(database, found, manifest, options);
        try (CountedTables tables = countedTables(manifest, database.sessions(options), options, progress)) {
            List<String> refused = new ArrayList<>();
            try {
                if (!found.there()) {
                    refused.addAll(database.set(created.beginning(!options.noOwner())));
                }
                new Restoration(client, manifest, target, found.serverMajor(), options, parts, tables)
                        .run(dump, RestoreSession.variables(target));
                dump.readToEnd();
            } catch (AutoDumpException failed) {
                throw found.there()
                        ? incomplete(failed, target, options)
                        : undone(RestoreFailure.after(refused, failed), database);
            }
            warnings.addAll(refused);
            if (!found.there()) {
                warnings.addAll(database.set(created.finishing(!options.noOwner())));
            }
            return RestoreReport.builder()
                    .clientVersion(client.version())
                    .serverVersion(found.serverVersion())
                    .tables(count(tables, target))
                    .notCompared(notCompared(dump, options))
                    .warnings(warnings)
                    .notes(statistics(database.sessions(options), options))
                    .build();
        }
    }

    private static CountedTables countedTables(
            DumpManifest manifest, PartLoading.Sessions sessions, RestoreOptions options, DumpProgress progress) {
        return options.countRows() || !manifest.tables().isEmpty()
                ? CountedTables.begin(sessions, options.jobs(), progress)
                : CountedTables.none(sessions, progress);
    }

    private static List<String> statistics(PartLoading.Sessions sessions, RestoreOptions options) {
        try {
            return options.analyze()
                    ? PlannerStatistics.gather(sessions, options.jobs())
                    : PlannerStatistics.missing(sessions);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw interrupted("the gathering of the planner's statistics");
        }
    }

    private static AutoDumpException interrupted(String what) {
        return new AutoDumpException(
                ErrorCode.INTERRUPTED,
                "the dump was restored to its end, and " + what + " was interrupted",
                "compare the rows with the manifest, or restore again");
    }

    private static List<TableRows> notCompared(OpenedDump dump, RestoreOptions options) {
        return options.choosesContents()
                ? dump.chosen()
                        .map(chosen -> chosen.withoutAllRows(dump.manifest().tables()))
                        .orElse(List.of())
                : List.of();
    }

    /** With {@link RestoreOptions#clean}, rows alone would have no tables. */
    private static AutoDumpException incomplete(
            AutoDumpException failed, DatabaseSecret target, RestoreOptions options) {
        return options.part() == RestoredPart.DATA
                ? withConsequence(
                        RestoreFailure.ofRows(failed),
                        target,
                        "is incomplete",
                        "empty the tables (TRUNCATE), and run the same restore again")
                : withConsequence(failed, target, "is incomplete", Hints.START_OVER);
    }

    private static AutoDumpException undone(AutoDumpException failed, RestoreTarget database) {
        return withConsequence(failed, database.secret(), cleared(database), "run the same restore again");
    }

    private static String cleared(RestoreTarget database) {
        return database.drop()
                ? "was created for this restore and is dropped again"
                : "was created for this restore, is incomplete, and couldn't be dropped again";
    }

    private static AutoDumpException withConsequence(
            AutoDumpException failed, DatabaseSecret target, String consequence, String next) {
        return new AutoDumpException(
                failed.code(),
                failed.description() + "; database \"" + target.database() + "\" at " + target.host() + ":"
                        + target.port() + " " + consequence,
                failed.hint().map(hint -> hint + "; then " + next).orElse(next),
                failed);
    }

    private static List<TableRows> count(CountedTables tables, DatabaseSecret target) {
        try {
            return tables.finish();
        } catch (SQLException uncounted) {
            boolean forbidden = RefusedStatement.isForbidden(uncounted);
            throw new AutoDumpException(
                    forbidden ? ErrorCode.PRIVILEGES_MISSING : ErrorCode.RESTORE_FAILED,
                    "the dump was restored to its end, and then its rows couldn't be counted: "
                            + ServerReason.of(uncounted),
                    forbidden
                            ? "compare them with the manifest as a user who may read every table"
                            : RefusedStatement.hint(uncounted, target).orElse("compare them with the manifest"),
                    uncounted);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw interrupted("the count of its rows");
        }
    }
}
