package io.autodump.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A script that makes fish complete commands and options. Picocli has one for bash and zsh only. */
final class FishCompletion {
    private final String name;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String name) {
        this.name = name;
    }

    static String of(CommandLine command) {
        FishCompletion script = new FishCompletion(command.getCommandName());
        script.subcommands(command);
        for (Map.Entry<String, CommandLine> each : command.getSubcommands().entrySet()) {
            script.options(
                    "__fish_seen_subcommand_from " + each.getKey(),
                    each.getValue().getCommandSpec());
        }
        script.names("copy doctor drill dump history list plan prune status", "secrets");
        script.names("verify restore delete acknowledge", "dumps");
        script.stores();
        return String.join("\n", script.lines) + "\n";
    }

    private void subcommands(CommandLine command) {
        for (Map.Entry<String, CommandLine> each : command.getSubcommands().entrySet()) {
            CommandSpec spec = each.getValue().getCommandSpec();
            if (spec.usageMessage().hidden()) {
                continue;
            }
            lines.add("complete -c " + name + " -n __fish_use_subcommand -f -a " + each.getKey() + " -d "
                    + quoted(spec.usageMessage().description()));
        }
        options("__fish_use_subcommand", command.getCommandSpec());
    }

    private void options(String condition, CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                lines.add("complete -c " + name + " -n " + quoted(condition) + names(option) + argument(option) + " -d "
                        + quoted(option.description()));
            }
        }
    }

    private void names(String commands, String what) {
        lines.add("complete -c " + name + " -n '__fish_seen_subcommand_from " + commands + "' -f -a '(" + name
                + " names " + what + " 2>/dev/null)'");
    }

    /** A folder is offered too. */
    private void stores() {
        lines.add("complete -c " + name + " -l store -r -a '(" + name + " names stores 2>/dev/null)'");
    }

    private static String names(OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String each : option.names()) {
            names.append(each.startsWith("--") ? " -l " + each.substring(2) : " -s " + each.substring(1));
        }
        return names.toString();
    }

    /** An option with a value needs one; fish offers the words that are known, and files otherwise. */
    private static String argument(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        Class<?> type = option.type();
        return type.isEnum() ? " -x -a " + quoted(words(type)) : " -r";
    }

    private static String words(Class<?> type) {
        List<String> words = new ArrayList<>();
        for (Object each : type.getEnumConstants()) {
            words.add(each.toString());
        }
        return String.join(" ", words);
    }

    private static String quoted(String... text) {
        String first = text.length == 0 ? "" : text[0].replace("%n", " ").replace("%%", "%");
        return "'" + first.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
