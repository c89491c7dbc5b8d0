package io.autodump.cli.command;

import java.util.List;
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
    /** Picocli's script knows words that never change. This adds the names of secrets, dumps and stores. */
    private static final String NAMES = """

            function _autodump_with_names() {
              _complete_autodump "$@"
              local current="${COMP_WORDS[COMP_CWORD]}" what=""
              [[ "$current" == -* ]] && return
              case "${COMP_WORDS[1]}" in
                copy|doctor|drill|dump|history|list|plan|prune|status) what=secrets ;;
                verify|restore|delete|acknowledge) what=dumps ;;
              esac
              case "${COMP_WORDS[COMP_CWORD-1]}" in
                --to) what=secrets ;;
                --store) what=stores ;;
              esac
              [[ -z "$what" ]] && return
              local IFS=$'\\n'
              COMPREPLY+=( $(compgen -W "$(autodump names "$what" 2>/dev/null)" -- "$current") )
              declare -F __ltrim_colon_completions >/dev/null && __ltrim_colon_completions "$current"
            }
            complete -F _autodump_with_names -o default autodump
            """;

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
        CommandLine command = AutoDumpCommand.commandLine(context, List.of());
        String bash = AutoComplete.bash(command.getCommandName(), command);
        context.terminal()
                .printDocument(
                        switch (shell) {
                            case BASH -> bash + NAMES;
                            case ZSH ->
                                "#compdef autodump\nautoload -U +X bashcompinit && bashcompinit\n" + bash + NAMES;
                            case FISH -> FishCompletion.of(command);
                        });
        return 0;
    }
}
