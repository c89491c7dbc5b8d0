package io.autodump.cli.manage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code autodump secret}, which has subcommands. */
@Command(
        name = "secret",
        description = "Manages the secrets in a folder.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump secret add orders", "  autodump secret add --help"})
public final class SecretCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    /** A command whose subcommands are added to it. */
    public SecretCommand() {}

    @Override
    public void run() {
        CommandSpec own = Objects.requireNonNull(spec, "picocli sets it");
        own.commandLine().usage(own.commandLine().getOut());
    }
}
