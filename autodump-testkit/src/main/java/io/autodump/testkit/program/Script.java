package io.autodump.testkit.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Programs that tests write. Safe for threads. */
public final class Script {
    private Script() {}

    /**
     * Writes a shell script that can be executed (0755) in a process of its own. Were the file open for writing in this
     * process, a child that another thread starts at that moment would inherit it, and Linux would refuse to execute it
     * ("Text file busy").
     *
     * @param file in a folder that is there; a file of this name is overwritten
     * @param lines what follows the first line, which names the shell
     * @throws UncheckedIOException if it can't be written, or the thread is interrupted
     */
    public static void write(Path file, String lines) {
        try {
            Process writer = new ProcessBuilder("sh", "-c", "cat >\"$0\" && chmod 755 \"$0\"", file.toString())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.INHERIT)
                    .start();
            try (var stdin = writer.getOutputStream()) {
                stdin.write(("#!/bin/sh\n" + lines + "\n").getBytes(StandardCharsets.UTF_8));
            }
            if (writer.waitFor() != 0) {
                throw new IOException(file + " can't be written");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", interrupted));
        }
    }
}
