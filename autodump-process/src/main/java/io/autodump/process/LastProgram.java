package io.autodump.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a short program that must also work while the JVM is ending, when a {@link ChildProcess} would be stopped. */
public final class LastProgram {
    private LastProgram() {}

    /**
     * Runs a program to its end, and kills it when the time is over. Its output is discarded.
     *
     * @param environment the whole environment
     * @return whether it exited with status 0
     */
    public static boolean run(List<String> command, Map<String, String> environment, Duration limit) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
        } catch (IOException cannotRun) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
