package io.autodump.cli.command;

import io.autodump.cli.report.Documents;
import io.autodump.cli.terminal.ProgressDisplay;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        sortOptions = false,
        description = {
            "Verifies a dump and restores it into a database.",
            "Refuses a database that isn't empty unless you pass --into-nonempty, and one that doesn't exist unless you"
                    + " pass --create."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump restore latest:orders --to staging",
            "  autodump restore latest:orders --to orders --database copy --create --jobs 4",
            "  autodump restore latest:orders --url postgres://me@localhost:5432/copy"
        })
final class RestoreCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            paramLabel = "DUMP",
            description = "The key of a dump, its file or s3:// URI in the store, or latest:NAME.")
    private String dump = "";

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(names = "--create", description = "Create the database if it doesn't exist.")
    private boolean create;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Parallel connections, 1 to 32. More than 1 needs space for the archive in the temporary folder.")
    private int jobs = 1;

    @Option(names = "--into-nonempty", description = "Restore even if the database already holds objects.")
    private boolean intoNonEmpty;

    @Option(
            names = "--no-owner",
            description = "Make the restoring user the owner of everything, and grant no privileges. For a server"
                    + " without the roles of the dump.")
    private boolean noOwner;

    @Option(
            names = "--locale",
            paramLabel = "NAME",
            description = "With --create: the database's locale, in place of the dumped database's own.")
    private Optional<String> locale = Optional.empty();

    @Option(
            names = "--into-different-locale",
            description = "Restore also into a database whose encoding or locale provider isn't the dumped database's.")
    private boolean intoDifferentLocale;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    RestoreCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        RestoreOptions options = options();
        Terminal terminal = context.terminal();
        Adapters machine = context.machine();
        DatabaseSecret database = target.target(context, machine);
        DumpManifest manifest = new DumpReference(context, machine).find(dump);
        RestoreReport report = restore(machine, manifest, database, options);
        if (json) {
            terminal.printDocument(Documents.restore(manifest, database, report));
        } else {
            print(terminal, manifest, database, report);
        }
        return 0;
    }

    private RestoreOptions options() {
        if (jobs < 1 || jobs > DumpSettings.MAX_JOBS) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--jobs is 1 to " + DumpSettings.MAX_JOBS + ", not " + jobs + "; nothing was changed",
                    "see: autodump restore --help");
        }
        return RestoreOptions.builder()
                .create(create)
                .jobs(jobs)
                .intoNonEmpty(intoNonEmpty)
                .noOwner(noOwner)
                .locale(locale)
                .intoDifferentLocale(intoDifferentLocale)
                .build();
    }

    private RestoreReport restore(
            Adapters machine, DumpManifest manifest, DatabaseSecret database, RestoreOptions options) {
        Thread self = Thread.currentThread();
        return context.interruption()
                .during(
                        () -> {
                            try (ProgressDisplay progress = context.terminal().progress("restore")) {
                                progress.expect(manifest.storedBytes(), true);
                                return machine.autoDump().restore(manifest.key(), database, options, progress);
                            }
                        },
                        self::interrupt,
                        "the target database may be incomplete");
    }

    private static void print(Terminal terminal, DumpManifest manifest, DatabaseSecret database, RestoreReport report) {
        long rows = report.tables().stream().mapToLong(TableRows::rows).sum();
        terminal.print(terminal.style().good("restored") + " "
                + Text.printable(manifest.key().value()));
        terminal.print("  into    " + Text.printable(database.database()) + " on " + Text.printable(database.host())
                + ":" + database.port() + ", PostgreSQL " + Text.printable(report.serverVersion()));
        terminal.print("  tables  " + report.tables().size() + " with " + Text.count(rows, "row"));
        terminal.print("  check   "
                + (manifest.tables().isEmpty()
                        ? "pg_restore reported no error; the manifest has no row counts to compare"
                        : "the rows of " + Text.count(manifest.tables().size(), "table")
                                + " are those of the dump's snapshot"));
        report.warnings()
                .forEach(warning ->
                        terminal.print(terminal.style().warning("warning") + "   " + Text.printable(warning)));
    }
}
