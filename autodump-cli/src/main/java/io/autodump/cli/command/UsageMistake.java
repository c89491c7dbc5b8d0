package io.autodump.cli.command;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.NearestName;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns picocli's errors into errors of this project. */
final class UsageMistake {
    private UsageMistake() {}

    static AutoDumpException of(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        return new AutoDumpException(
                ErrorCode.INVALID_ARGUMENT,
                message(wrong, command),
                "see: " + command.getCommandSpec().qualifiedName() + " --help",
                wrong);
    }

    private static String message(ParameterException wrong, CommandLine command) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().get(0), command);
        }
        String text = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
        return text.startsWith("Error: ") ? text.substring("Error: ".length()) : text;
    }

    private static String unmatched(String argument, CommandLine command) {
        if (argument.startsWith("-")) {
            // The text after an equals sign may be a password.
            String option = argument.split("=", 2)[0];
            List<String> options = command.getCommandSpec().optionsMap().keySet().stream()
                    .filter(name -> name.startsWith("--"))
                    .toList();
            return "there is no option " + option + NearestName.didYouMean(option, options);
        }
        Collection<String> commands = command.getSubcommands().keySet();
        return commands.isEmpty()
                ? "\"" + withoutPassword(argument) + "\" is one argument too many"
                : "there is no command \"" + withoutPassword(argument) + "\""
                        + NearestName.didYouMean(argument, commands);
    }

    /** A URL without its option may hold a password. */
    private static String withoutPassword(String argument) {
        return argument.replaceAll("://[^@/]*@", "://***@").replaceAll("(?i)(password=)[^&]*", "$1***");
    }
}
