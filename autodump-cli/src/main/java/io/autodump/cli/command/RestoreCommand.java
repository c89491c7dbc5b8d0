package io.autodump.cli.command;

import io.autodump.cli.report.Documents;
import io.autodump.cli.report.RestoreText;
import io.autodump.cli.terminal.ProgressDisplay;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.usage.IdentityOption;
import io.autodump.cli.usage.RestoreChoice;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.restore.RestorePlan;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        sortOptions = false,
        description = {
            "Verifies a dump and restores it into a database.",
            "Refuses a database that isn't empty unless you pass --into-nonempty, and one that doesn't exist unless you"
                    + " pass --create.",
            "Checks first what the target server lacks and what its user may not create. If the restore would fail,"
                    + " changes nothing. --dry-run shows the result of this check."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump restore latest:orders --to staging",
            "  autodump restore latest:orders --to orders --database copy --create --jobs 4",
            "  autodump restore latest:orders --url postgres://me@localhost:5432/copy",
            "  autodump restore latest:orders --to staging --dry-run",
            "  autodump restore latest:orders --to staging --clean --no-owner --skip event-triggers,publications",
            "  autodump restore latest:orders --to staging --database one --create --table public.orders"
        })
final class RestoreCommand implements Callable<Integer> {
    private static final Set<String> NOT_AGAIN =
            Set.of("--clean", "--create", "--into-nonempty", "--into-different-locale", "--yes");

    private final Context context;

    @Parameters(
            paramLabel = "DUMP",
            description = {
                "The id or the key of a dump, its file or s3:// URI in the store, latest:NAME, or",
                "latest-proven:NAME."
            })
    private String dump = "";

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private RestoreChoice choice = new RestoreChoice();

    @Mixin
    private IdentityOption identity = new IdentityOption();

    @Option(names = "--dry-run", description = "Show what would be restored and what would fail. Change nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    RestoreCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        RestoreOptions options = choice.options();
        Terminal terminal = context.terminal();
        Adapters machine = context.machine().withIdentity(identity.file(context::resolve));
        DatabaseSecret database = target.target(context, machine);
        DumpManifest manifest = new DumpReference(context, machine).find(dump);
        if (dryRun) {
            return plan(
                    terminal, manifest, database, machine.autoDump().planRestore(manifest.key(), database, options));
        }
        if (choice.mustBeConfirmed()) {
            confirm(database, machine.autoDump().planRestore(manifest.key(), database, options));
        }
        RestoreReport report = restore(machine, manifest, database, options);
        if (json) {
            terminal.printDocument(Documents.restore(manifest, database, report));
        } else {
            new RestoreText(terminal).print(manifest, database, options, report);
        }
        return 0;
    }

    private int plan(Terminal terminal, DumpManifest manifest, DatabaseSecret database, RestorePlan plan) {
        if (json) {
            terminal.printDocument(Documents.restorePlan(manifest, database, plan));
        } else {
            new RestoreText(terminal).print(manifest, database, plan);
        }
        return plan.isPossible() ? 0 : ErrorCode.TARGET_UNFIT.category().exitStatus();
    }

    private void confirm(DatabaseSecret database, RestorePlan plan) {
        plan.requirePossible();
        if (!plan.dropsDatabase()) {
            return;
        }
        String typed = context.surroundings()
                .linePrompt()
                .apply(Text.line("--clean drops database " + database.database() + " on " + database.host() + ":"
                        + database.port() + " with all that it holds. Type its name to go on: "))
                .orElse("");
        if (!typed.equals(database.database())) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--clean drops database \"" + database.database() + "\" with all that it holds, and its name wasn't"
                            + " typed to confirm that; nothing was changed",
                    "type the name of the database, or add --yes");
        }
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
                            } catch (AutoDumpException failed) {
                                throw withCommand(failed);
                            }
                        },
                        self::interrupt,
                        "the target database may be incomplete");
    }

    private AutoDumpException withCommand(AutoDumpException failed) {
        String hint = failed.hint().orElse("");
        return hint.contains(Hints.START_OVER)
                ? new AutoDumpException(
                        failed.code(),
                        failed.description(),
                        hint.replace(Hints.START_OVER, "start over: " + startOver()),
                        failed)
                : failed;
    }

    /** The same command with --clean. It holds no password, since no option takes one. */
    private String startOver() {
        List<String> given = Objects.requireNonNull(spec, "picocli injects it")
                .root()
                .commandLine()
                .getParseResult()
                .originalArgs();
        return Stream.concat(given.stream().filter(argument -> !NOT_AGAIN.contains(argument)), Stream.of("--clean"))
                .map(argument -> argument.matches("[A-Za-z0-9_./:@=,+-]+")
                        ? argument
                        : "'" + argument.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "autodump ", ""));
    }
}
