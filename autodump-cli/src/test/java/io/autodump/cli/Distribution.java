package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command as the build leaves it, a jar beside its libraries, and how Java runs it: as {@code bin/autodump}
 * does, with an archive of loaded classes, so that a test that starts it forty times doesn't load two thousand
 * classes as often.
 */
final class Distribution {
    private static final Path LIBRARIES = Path.of("target/dist/lib").toAbsolutePath();
    private static final Path ARCHIVE = LIBRARIES.resolveSibling("classes.jsa");
    private static final int LONGEST_MINUTES = 2;

    private Distribution() {}

    /** The first words of a command line; arguments follow. */
    static List<String> java(String... options) {
        prepareArchive();
        List<String> command = options("-XX:SharedArchiveFile=" + ARCHIVE);
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", jar().toString()));
        return command;
    }

    private static List<String> options(String archive) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                archive,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Xlog:all=error:stderr"));
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

    /** By a command that loads most of what there is, also for AWS, and that nothing answers. */
    private static synchronized void prepareArchive() {
        if (Files.exists(ARCHIVE)) {
            return;
        }
        List<String> command = options("-XX:ArchiveClassesAtExit=" + ARCHIVE);
        command.addAll(
                List.of("-jar", jar().toString(), "doctor", "--secrets", "aws", "--store", "s3://autodump-example"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "HOME", LIBRARIES.resolveSibling("absent").toString(),
                        "AWS_EC2_METADATA_DISABLED", "true",
                        "AWS_REGION", "us-east-1"));
        try {
            assertThat(builder.start().waitFor(LONGEST_MINUTES, TimeUnit.MINUTES))
                    .isTrue();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
