package io.autodump.cli.command;

import io.autodump.cli.report.Documents;
import io.autodump.cli.report.RestoreText;
import io.autodump.cli.terminal.ProgressDisplay;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.restore.RoleCreation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
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

    @Option(names = "--create", description = "Create the database if it doesn't exist.")
    private boolean create;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Parallel connections, 1 to 32. More than 1 needs space for the archive in the temporary"
                    + " folder. Default: 1.")
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
            description = "With --create: the locale of the new database. Default: that of the dumped database.")
    private Optional<String> locale = Optional.empty();

    @Option(
            names = "--into-different-locale",
            description = "Restore even if the encoding or locale provider differs from the dumped database's.")
    private boolean intoDifferentLocale;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Act as this role. It then owns the new database and, with --no-owner, everything in it.")
    private Optional<String> role = Optional.empty();

    @Option(
            names = "--create-roles",
            arity = "0..1",
            paramLabel = "login",
            preprocessor = CreateRolesValue.class,
            description = "Create the roles that the dump needs and the server lacks, without passwords. They may not"
                    + " log in. With --create-roles=login, those that could log in keep this right.")
    private Optional<String> createRoles = Optional.empty();

    @Option(
            names = "--clean",
            description = "Drop the database with everything in it, and create it again. You must type its name to"
                    + " confirm.")
    private boolean clean;

    @Option(names = "--yes", description = "With --clean: don't ask for the name.")
    private boolean yes;

    @Mixin
    private ContentsOptions contents = new ContentsOptions();

    @Option(names = "--dry-run", description = "Show what would be restored and what would fail. Change nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    /** Leaves the next argument alone: only {@code --create-roles=login} has a value. */
    static final class CreateRolesValue implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                arguments.push("nologin");
            }
            return false;
        }
    }

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
        if (dryRun) {
            return plan(
                    terminal, manifest, database, machine.autoDump().planRestore(manifest.key(), database, options));
        }
        if (clean && !yes) {
            confirm(database, machine.autoDump().planRestore(manifest.key(), database, options));
        }
        RestoreReport report = restore(machine, manifest, database, options);
        if (json) {
            terminal.printDocument(Documents.restore(manifest, database, report));
        } else {
            new RestoreText(terminal).print(manifest, database, report);
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

    private RestoreOptions options() {
        if (jobs < 1 || jobs > DumpSettings.MAX_JOBS) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--jobs is 1 to " + DumpSettings.MAX_JOBS + ", not " + jobs + "; nothing was changed",
                    "see: autodump restore --help");
        }
        if (clean && intoNonEmpty) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--clean and --into-nonempty contradict each other; nothing was changed",
                    "see: autodump restore --help");
        }
        return contents.to(RestoreOptions.builder())
                .create(create)
                .jobs(jobs)
                .intoNonEmpty(intoNonEmpty)
                .noOwner(noOwner)
                .locale(locale)
                .intoDifferentLocale(intoDifferentLocale)
                .role(role)
                .createRoles(createRoles.map(RestoreCommand::roleCreation).orElse(RoleCreation.NONE))
                .clean(clean)
                .build();
    }

    private static RoleCreation roleCreation(String text) {
        return switch (text) {
            case "nologin" -> RoleCreation.NOLOGIN;
            case "login" -> RoleCreation.LOGIN;
            default ->
                throw new AutoDumpException(
                        ErrorCode.INVALID_ARGUMENT,
                        "--create-roles can have the value login, not \"" + text + "\"; nothing was changed",
                        "see: autodump restore --help");
        };
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
