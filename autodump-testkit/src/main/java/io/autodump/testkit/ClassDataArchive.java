package io.autodump.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The classes that a program loads, in one file, from which later starts of it take them: a test that starts a program
 * forty times doesn't load thousands of classes as often. Safe for threads and for processes.
 */
public final class ClassDataArchive {
    private static final int LONGEST_MINUTES = 2;

    private ClassDataArchive() {}

    /**
     * Makes the archive by a run of the program, unless the file is there, and returns the option for Java that uses
     * it. Java goes on without an archive that it can't use, or that couldn't be made.
     *
     * @param archive the file, in a folder that is there; it appears when it is whole
     * @param java the words that start Java, with all options and the class path, which must consist of jars. The
     *     archive is for these words
     * @param program the main class, or {@code -jar} and a jar, and arguments, of a run that loads what later runs
     *     load. Its exit status doesn't matter
     * @param environment all variables of that run; a run that could do harm with the developer's variables gets none
     * @throws UncheckedIOException if the program can't be started
     * @throws IllegalStateException if the program runs for more than two minutes, or the wait is interrupted
     */
    public static String option(
            Path archive, List<String> java, List<String> program, Map<String, String> environment) {
        String option = "-XX:SharedArchiveFile=" + archive;
        synchronized (ClassDataArchive.class) {
            if (!Files.exists(archive)) {
                make(archive, java, program, environment);
            }
        }
        return option;
    }

    private static void make(Path archive, List<String> java, List<String> program, Map<String, String> environment) {
        Path unfinished = archive.resolveSibling(
                archive.getFileName() + "." + ProcessHandle.current().pid());
        List<String> command = new ArrayList<>(java);
        command.add("-XX:ArchiveClassesAtExit=" + unfinished);
        command.addAll(program);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            await(builder.start());
            if (Files.exists(unfinished)) {
                Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void await(Process process) {
        try {
            if (process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException("the run that fills an archive of classes didn't end");
    }
}
