package io.autodump.local.secret;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.IoReason;
import io.autodump.local.file.PathText;
import io.autodump.local.secret.PasswordSources.PasswordProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the command that prints a password. It gets no input, 30 seconds, and its messages are dropped, because they can
 * hold the password.
 */
final class PasswordCommand {
    private static final String KEY = "password-command";
    private static final int SECONDS = 30;
    private static final int MAX_BYTES = 64 * 1024;

    private PasswordCommand() {}

    static String run(List<String> command, Path folder) {
        Process process = start(command, folder);
        // In a thread of its own: a command can close its output late, or never.
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new PasswordProblem(KEY, "didn't end within " + SECONDS + " seconds");
            }
            if (process.exitValue() != 0) {
                throw new PasswordProblem(
                        KEY, "ended with status " + process.exitValue() + "; run it by hand to see why");
            }
            return output.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AutoDumpException(
                    ErrorCode.INTERRUPTED,
                    "stopped while the command for the password ran; nothing was dumped",
                    "run it again",
                    stopped);
        } catch (ExecutionException | TimeoutException failed) {
            throw new PasswordProblem(KEY, "its output couldn't be read");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Process start(List<String> command, Path folder) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException failed) {
            throw new PasswordProblem(KEY, "couldn't be started: " + PathText.oneLine(IoReason.of(failed)));
        }
    }

    private static String read(InputStream output) {
        try (output) {
            return new String(output.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
