package io.autodump.cli.command;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.NearestName;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** Replaces picocli's help command, whose {@code --help} collides with the option that all commands inherit here. */
@Command(
        name = "help",
        description = "Shows the help of a command.",
        footerHeading = "%nExamples:%n",
        footer = "  autodump help restore")
final class HelpCommand implements Callable<Integer> {
    private final Context context;
    private final CommandSpec root;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command. Default: all commands.")
    private Optional<String> command = Optional.empty();

    HelpCommand(Context context, CommandSpec root) {
        this.context = context;
        this.root = root;
    }

    @Override
    public Integer call() {
        CommandLine commands = root.commandLine();
        CommandLine shown = command.map(name -> subcommand(commands, name)).orElse(commands);
        shown.usage(context.surroundings().streams().out());
        return 0;
    }

    private static CommandLine subcommand(CommandLine commands, String name) {
        return Optional.ofNullable(commands.getSubcommands().get(name))
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.INVALID_ARGUMENT,
                        "there is no command \"" + name + "\""
                                + NearestName.didYouMean(
                                        name, commands.getSubcommands().keySet()),
                        "see: autodump --help"));
    }
}
