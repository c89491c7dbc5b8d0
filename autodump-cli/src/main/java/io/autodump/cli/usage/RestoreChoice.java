package io.autodump.cli.usage;

import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.restore.RoleCreation;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that say how a dump is restored. */
public final class RestoreChoice {
    @Option(names = "--create", description = "Create the database if it doesn't exist.")
    private boolean create;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "1",
            description = "Parallel connections, 1 to 32. With more than 1, a dump of one file needs space in the"
                    + " temporary folder. Default: 1.")
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
            names = "--analyze",
            description = "Gather the planner's statistics before the restore ends. Otherwise the server's autovacuum"
                    + " gathers them, within some minutes.")
    private boolean analyze;

    @Option(
            names = "--count-rows",
            description = "Count the rows of every table afterwards, even if the dump has no row counts to compare them"
                    + " with.")
    private boolean countRows;

    @Option(
            names = "--clean",
            description = "Drop the database with everything in it, and create it again. You must type its name to"
                    + " confirm.")
    private boolean clean;

    @Option(names = "--yes", description = "With --clean: don't ask for the name.")
    private boolean yes;

    @Mixin
    private ContentsOptions contents = new ContentsOptions();

    /** Every option has its default. */
    public RestoreChoice() {}

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

    /** Returns whether the target is dropped, and the user must still confirm that. */
    public boolean mustBeConfirmed() {
        return clean && !yes;
    }

    /**
     * Returns the options.
     *
     * @throws AutoDumpException {@code INVALID_ARGUMENT}
     */
    public RestoreOptions options() {
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
                .createRoles(createRoles.map(RestoreChoice::roleCreation).orElse(RoleCreation.NONE))
                .analyze(analyze)
                .countRows(countRows)
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
}
