package io.autodump.testkit.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

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
     *     load. Its exit status doesn't matter. It is given no variable but PATH
     * @throws UncheckedIOException if the program can't be started
     * @throws IllegalStateException if the program runs for more than two minutes, or the wait is interrupted
     */
    public static String ofRun(Path archive, List<String> java, List<String> program) {
        return option(archive, java, unfinished -> List.of("-XX:ArchiveClassesAtExit=" + unfinished), program);
    }

    /**
     * The same, from a list of classes, without a run of the program.
     *
     * @param classes a file as {@code -XX:DumpLoadedClassList} writes it
     * @param program the main class, or {@code -jar} and a jar
     */
    public static String ofList(Path archive, List<String> java, Path classes, List<String> program) {
        return option(
                archive,
                java,
                unfinished -> List.of(
                        "-Xshare:dump", "-XX:SharedClassListFile=" + classes, "-XX:SharedArchiveFile=" + unfinished),
                program);
    }

    private static String option(
            Path archive, List<String> java, Function<Path, List<String>> options, List<String> program) {
        MadeOnce.file(archive, unfinished -> {
            List<String> command = new ArrayList<>(java);
            command.addAll(options.apply(unfinished));
            command.addAll(program);
            run(command);
        });
        return "-XX:SharedArchiveFile=" + archive;
    }

    private static void run(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        await(builder.start());
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
