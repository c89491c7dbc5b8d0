package io.autodump.cli.command;

import io.autodump.cli.config.Configuration;
import io.autodump.cli.report.CommandHints;
import io.autodump.cli.report.Documents;
import io.autodump.cli.terminal.LibraryLog;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.usage.EnvironmentDefaults;
import io.autodump.cli.usage.HelpLayout;
import io.autodump.cli.wiring.Interruption;
import io.autodump.cli.wiring.ProcessEnvironment;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DatabaseEngine;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The {@code autodump} command. Runs a command line in-process and returns its exit status; it never ends the JVM. */
@Command(
        name = "autodump",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        description = {
            "Backs up PostgreSQL databases on a schedule that you set as a tag on each database's secret.",
            "If a dump fails, no dump appears."
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:success",
            " 2:wrong tag, secret, configuration or command line",
            " 3:problem on this machine: a missing client program, a stopped process",
            " 4:problem with the database: refused connection, missing privileges, failed dump",
            " 5:problem with the dump store or the secrets: they can't be read or written",
            " 6:status, report or coverage found a database that needs an operator",
            "70:a bug in AutoDump"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump init             writes a configuration to start from",
            "  autodump doctor           checks everything that dumps need",
            "  autodump dump orders      dumps a database now",
            "  autodump restore latest:orders --to staging",
            "",
            "Each option has an environment variable: AUTODUMP_STORE for --store, AUTODUMP_LIST_LIMIT",
            "for --limit of list. Options override variables, and variables override the file."
        })
public final class AutoDumpCommand {
    private static final String JSON = "--json";
    private static final int LEAST_WIDTH = 80;
    private static final int MOST_WIDTH = 110;

    private AutoDumpCommand() {}

    /**
     * Runs one command line.
     *
     * @param engines creates the installed engines for a configuration
     * @param interruption stops the work of the command when the process ends
     * @return the exit status
     */
    public static int run(
            ProcessEnvironment surroundings,
            Function<Configuration, List<DatabaseEngine>> engines,
            Interruption interruption,
            List<String> arguments) {
        Context context = new Context(surroundings, engines, interruption);
        String[] given = arguments.toArray(String[]::new);
        boolean json = arguments.contains(JSON);
        CommandLine commandLine = commandLine(context, arguments)
                .setOut(writer(surroundings.streams().out()))
                .setErr(writer(surroundings.streams().err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(helpColours(surroundings, arguments)))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.max(
                        LEAST_WIDTH, Math.min(MOST_WIDTH, surroundings.streams().width())))
                .setDefaultValueProvider(new EnvironmentDefaults(surroundings.variables()))
                .setExecutionStrategy(parsed -> execute(context, parsed))
                .setParameterExceptionHandler((wrong, all) -> fail(context, UsageMistake.of(wrong), json))
                .setExecutionExceptionHandler((thrown, command, parsed) -> fail(context, known(thrown), json));
        if (given.length == 0) {
            commandLine.usage(surroundings.streams().out());
            return withOutputChecked(context, 0);
        }
        return withOutputChecked(context, execute(context, commandLine, given, json));
    }

    /** Picocli hands exceptions to a handler, and lets Java's errors through: a full stack, too little memory. */
    private static int execute(Context context, CommandLine commandLine, String[] given, boolean json) {
        try {
            return commandLine.execute(given);
        } catch (Error thrown) {
            return fail(context, known(thrown), json);
        }
    }

    /** The options are parsed by now. */
    private static int execute(Context context, ParseResult parsed) {
        LibraryLog log = LibraryLog.on(context.terminal(), context.options().verbose);
        try {
            return new RunLast().execute(parsed);
        } finally {
            log.close();
        }
    }

    /**
     * A {@link PrintStream} throws nothing, so a full disk is noticed here. The work of the command is done by then.
     */
    private static int withOutputChecked(Context context, int exitStatus) {
        if (!context.surroundings().streams().out().checkError()) {
            return exitStatus;
        }
        AutoDumpException failure = new AutoDumpException(
                ErrorCode.OUTPUT_FAILED,
                "standard output couldn't be written, so the output is incomplete; the command itself ended with"
                        + " status " + exitStatus,
                "free space where the output goes, or check the program that reads it");
        context.terminal().fail(failure.report());
        return Math.max(exitStatus, failure.code().category().exitStatus());
    }

    /** The commands that the arguments can name, not connected to streams yet. */
    static CommandLine commandLine(Context context, List<String> arguments) {
        CommandLine commandLine = new CommandLine(new AutoDumpCommand());
        commandLine.addMixin("options", context.options());
        new Commands(context).addTo(commandLine, arguments);
        HelpLayout.apply(commandLine);
        commandLine.getCommandSpec().versionProvider((IVersionProvider) VersionCommand::lines);
        return commandLine.setCaseInsensitiveEnumValuesAllowed(true).setAbbreviatedOptionsAllowed(false);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Help is printed while the options are being parsed, so this reads the colour option from the arguments. */
    private static Ansi helpColours(ProcessEnvironment surroundings, List<String> arguments) {
        boolean always = arguments.contains("--color=always");
        boolean never = arguments.contains("--color=never");
        boolean auto = new GlobalOptions().color.colours(surroundings.outIsTerminal(), surroundings.variables());
        return always || (auto && !never) ? Ansi.ON : Ansi.OFF;
    }

    private static AutoDumpException known(Throwable thrown) {
        if (thrown instanceof AutoDumpException failure) {
            return CommandHints.WORDS.in(failure);
        }
        if (thrown instanceof OutOfMemoryError) {
            return new AutoDumpException(
                    ErrorCode.INTERNAL,
                    "Java ran out of memory: " + thrown.getMessage(),
                    "allow more, such as AUTODUMP_JAVA_OPTS=-Xmx2g; if that doesn't help, report it",
                    thrown);
        }
        return new AutoDumpException(
                ErrorCode.INTERNAL,
                "bug in AutoDump: " + thrown,
                "report it with the output of the same command and --debug",
                thrown);
    }

    private static int fail(Context context, AutoDumpException failure, boolean json) {
        Terminal terminal = context.terminal();
        int exitStatus = failure.code().category().exitStatus();
        if (json) {
            terminal.printDocument(Documents.error(failure, exitStatus, context.platform(failure)));
        }
        terminal.fail(failure.report());
        if (context.options().debug) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            Arrays.stream(trace.toString().split("\\R")).forEach(terminal::say);
        }
        return exitStatus;
    }
}
