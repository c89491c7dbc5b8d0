package io.autodump.cli.deployed;

import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.dump.DumpManifest;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code autodump aws}: the group of the commands that work with the deployment on AWS. */
@Command(
        name = "aws",
        description = "Works with the deployment on AWS.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump aws dump orders --wait",
            "  autodump aws restore latest:orders --to staging --wait",
            "  autodump aws drill orders --wait"
        })
public final class AwsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private AwsCommand() {}

    /**
     * Returns the group with its commands.
     *
     * @param finder finds the dump that a reference names
     * @param prompt asks a person for a line; returns empty if there is no terminal
     */
    public static CommandLine of(
            Supplier<Adapters> adapters,
            BiFunction<Adapters, String, DumpManifest> finder,
            Supplier<Terminal> terminals,
            Function<String, Optional<String>> prompt) {
        return new CommandLine(new AwsCommand())
                .addSubcommand(new AwsDumpCommand(adapters, terminals))
                .addSubcommand(new AwsRestoreCommand(adapters, finder, terminals, prompt))
                .addSubcommand(new AwsDrillCommand(adapters, terminals));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "name a command: autodump aws dump NAME");
    }
}
