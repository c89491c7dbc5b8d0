package io.autodump.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs that run another with the default action for a signal. A shell without job control lets its background
 * commands ({@code make test &}) ignore SIGINT, and their children inherit that.
 */
final class SignalDefaults {
    private static final List<List<String>> FOR_INTERRUPT = List.of(
            // Coreutils 8.31 and later.
            List.of("env", "--default-signal=INT"), List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV"));

    private SignalDefaults() {}

    /** The first words of a command that doesn't ignore SIGINT; empty if this machine has no program for it. */
    static List<String> forInterrupt() throws InterruptedException {
        for (List<String> candidate : FOR_INTERRUPT) {
            if (works(candidate)) {
                return candidate;
            }
        }
        return List.of();
    }

    private static boolean works(List<String> program) throws InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
