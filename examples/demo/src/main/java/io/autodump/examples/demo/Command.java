package io.autodump.examples.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code bin/autodump} in the demo's folder, as its user would. */
final class Command {
    private static final int SUCCESS = 0;

    private final Path program;
    private final Path folder;

    Command(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Shows the command and what it prints; a failure ends the demo. */
    void run(String... arguments) throws IOException, InterruptedException {
        Demo.say("$ autodump " + String.join(" ", arguments));
        int status = process(arguments).inheritIO().start().waitFor();
        if (status != SUCCESS) {
            throw new IllegalStateException("autodump " + arguments[0] + " exited with status " + status);
        }
    }

    /** What the command prints on its standard output. */
    String output(String... arguments) throws IOException, InterruptedException {
        Process process = process(arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != SUCCESS) {
            throw new IllegalStateException("autodump " + arguments[0] + " failed");
        }
        return output;
    }

    /** Starts the command and lets it run. */
    Process start(String... arguments) throws IOException {
        Demo.say("$ autodump " + String.join(" ", arguments) + " &");
        return process(arguments).inheritIO().start();
    }

    private ProcessBuilder process(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile());
    }
}
