package io.autodump.local.notify;

import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command with the event as JSON on its standard input. Exit status 0 means delivered. Its standard output is
 * discarded; its standard error is that of this process. Thread-safe.
 */
public final class CommandChannel implements Channel {
    private final List<String> command;

    /** The program and its arguments. No shell is involved. */
    public CommandChannel(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public void send(Notice notice) throws UndeliveredException, InterruptedException {
        try {
            // From a file, so that a command which reads nothing can't block.
            Path input = Files.createTempFile("autodump-event", ".json");
            try {
                Files.writeString(input, notice.json());
                run(input);
            } finally {
                Files.deleteIfExists(input);
            }
        } catch (IOException failed) {
            throw UndeliveredException.permanent("the command can't be run: " + IoReason.of(failed));
        }
    }

    private void run(Path input) throws IOException, UndeliveredException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        try {
            if (!process.waitFor(LONGEST_ATTEMPT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw UndeliveredException.temporary(
                        "the command didn't end within " + LONGEST_ATTEMPT.toSeconds() + " seconds");
            }
            if (process.exitValue() != 0) {
                throw UndeliveredException.temporary("the command exited with status " + process.exitValue());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
