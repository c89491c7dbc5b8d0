package io.autodump.cli.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        description = "Prints a script that makes bash and zsh complete commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(autodump completion)",
            "  autodump completion bash > /etc/bash_completion.d/autodump",
            "  autodump completion zsh > ~/.autodump-completion; echo source ~/.autodump-completion >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash or zsh; the script is the same.")
    Shell shell = Shell.BASH;

    enum Shell {
        BASH,
        ZSH
    }

    CompletionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.terminal().printDocument(AutoComplete.bash("autodump", AutoDumpCommand.commandLine(context)));
        return 0;
    }
}
