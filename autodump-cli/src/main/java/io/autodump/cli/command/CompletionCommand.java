package io.autodump.cli.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        description = "Prints a script that makes bash, zsh or fish complete commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(autodump completion)",
            "  autodump completion bash > /etc/bash_completion.d/autodump",
            "  autodump completion zsh > ~/.zfunc/_autodump           (a folder of fpath)",
            "  autodump completion fish > ~/.config/fish/completions/autodump.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash (the default), zsh or fish.")
    Shell shell = Shell.BASH;

    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    CompletionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        CommandLine command = AutoDumpCommand.commandLine(context);
        String bash = AutoComplete.bash(command.getCommandName(), command);
        context.terminal()
                .printDocument(
                        switch (shell) {
                            case BASH -> bash;
                            case ZSH -> "#compdef autodump\nautoload -U +X bashcompinit && bashcompinit\n" + bash;
                            case FISH -> FishCompletion.of(command);
                        });
        return 0;
    }
}
