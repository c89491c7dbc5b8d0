package io.autodump.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

    private static synchronized String option(
            Path archive, List<String> java, Function<Path, List<String>> options, List<String> program) {
        if (!Files.exists(archive)) {
            List<String> command = new ArrayList<>(java);
            Path unfinished = archive.resolveSibling(archive.getFileName() + ".unfinished");
            command.addAll(options.apply(unfinished));
            command.addAll(program);
            makeOnce(archive, unfinished, command);
        }
        return "-XX:SharedArchiveFile=" + archive;
    }

    /** Other processes with tests want the same archive at the same time. */
    private static void makeOnce(Path archive, Path unfinished, List<String> command) {
        Path lock = archive.resolveSibling(archive.getFileName() + ".lock");
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Closing the file unlocks it.
            file.lock();
            if (!Files.exists(archive)) {
                run(command);
                publish(unfinished, archive);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void run(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        try {
            await(builder.start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void publish(Path unfinished, Path archive) {
        try {
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
