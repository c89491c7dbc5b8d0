package io.autodump.cli;

import io.autodump.testkit.program.ClassDataArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command as the build leaves it, a jar beside its libraries, and how Java runs it: as {@code bin/autodump}
 * does, with an archive of loaded classes, so that a test that starts it forty times doesn't load two thousand
 * classes as often.
 */
final class Distribution {
    private static final Path LIBRARIES = Path.of("target/dist/lib").toAbsolutePath();
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");

    private Distribution() {}

    /** The first words of a command line; arguments follow. */
    static List<String> java(String... options) {
        List<String> command = new ArrayList<>(JAVA);
        command.add(archive());
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", jar().toString()));
        return command;
    }

    /** With the classes that an installed command has in its archive. */
    private static String archive() {
        return ClassDataArchive.ofList(
                LIBRARIES.resolveSibling("classes.jsa"),
                JAVA,
                LIBRARIES.resolve("classes"),
                List.of("-jar", jar().toString()));
    }

    private static Path jar() {
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.filter(file -> file.getFileName().toString().startsWith("autodump-cli-"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
