package io.autodump.cli;

import io.autodump.testkit.ClassDataArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** Filled by a command that loads most of what there is, also for AWS, and that nothing answers. */
    private static String archive() {
        return ClassDataArchive.option(
                LIBRARIES.resolveSibling("classes.jsa"),
                JAVA,
                List.of("-jar", jar().toString(), "doctor", "--secrets", "aws", "--store", "s3://autodump-example"),
                Map.of(
                        "HOME", LIBRARIES.resolveSibling("absent").toString(),
                        "AWS_EC2_METADATA_DISABLED", "true",
                        "AWS_REGION", "us-east-1"));
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
