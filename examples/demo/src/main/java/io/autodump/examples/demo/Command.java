package io.autodump.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs {@code bin/autodump} in the demo's folder, as its user would. */
final class Command {
    private static final int SUCCESS = 0;

    private final Path program;
    private final Path folder;
    private final Map<String, String> credentials;

    /**
     * Starts nothing yet.
     *
     * @param credentials variables of the command's environment, in which nothing else is of AWS
     */
    Command(Path program, Path folder, Map<String, String> credentials) {
        this.program = program;
        this.folder = folder;
        this.credentials = Map.copyOf(credentials);
    }

    /** Shows the command and what it prints; a failure ends the demo. */
    void run(String... arguments) throws IOException, InterruptedException {
        Demo.say("$ autodump " + String.join(" ", arguments));
        int status = process(arguments).inheritIO().start().waitFor();
        if (status != SUCCESS) {
            throw new IllegalStateException("autodump " + arguments[0] + " exited with status " + status);
        }
    }

    /** Starts the command and lets it run. */
    Process start(String... arguments) throws IOException {
        Demo.say("$ autodump " + String.join(" ", arguments) + " &");
        return process(arguments).inheritIO().start();
    }

    private ProcessBuilder process(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
        process.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        process.environment().putAll(credentials);
        return process;
    }
}
