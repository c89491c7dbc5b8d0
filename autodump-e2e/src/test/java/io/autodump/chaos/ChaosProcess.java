package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command or the container as a process of its own. */
final class ChaosProcess {
    /** No limit of a test is longer. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Path LIBRARIES =
            Path.of("../autodump-cli/target/dist/lib").toAbsolutePath();
    private static final Path IMAGE =
            Path.of("../autodump-dumper/target/image/lib").toAbsolutePath();
    private static final Path ARCHIVE = Path.of("target/chaos-classes.jsa").toAbsolutePath();
    private static final String COMMAND = "io.autodump.cli.Main";

    private final Process process;
    private final Path out;
    private final Path err;

    private ChaosProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** How it ended. */
    record Ended(int exitStatus, String out, String err) {}

    /** What is to be started. */
    static final class Plan {
        private final Path folder;
        private final List<String> through = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final Map<String, String> variables = new HashMap<>();
        private String main = COMMAND;

        Plan(Path folder) {
            this.folder = folder;
        }

        /** Programs that become the next program. */
        Plan through(String... programs) {
            through.addAll(List.of(programs));
            return this;
        }

        Plan option(String option) {
            options.add(option);
            return this;
        }

        Plan variable(String name, String value) {
            variables.put(name, value);
            return this;
        }

        Plan variables(Map<String, String> more) {
            variables.putAll(more);
            return this;
        }

        Plan main(String otherClass) {
            main = otherClass;
            return this;
        }

        ChaosProcess start(String... arguments) {
            List<String> command = new ArrayList<>(through);
            command.addAll(java(main));
            command.addAll(command.size() - 1, options);
            command.add(command.size() - 1, "-Djava.io.tmpdir=" + folder.resolve("tmp"));
            command.addAll(List.of(arguments));
            Path out = folder.resolve("out-" + UUID.randomUUID());
            Path err = folder.resolve("err-" + UUID.randomUUID());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("AWS_") || name.equals("JAVA_TOOL_OPTIONS"));
            builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
            builder.environment().put("HOME", folder.toString());
            builder.environment().putAll(variables);
            try {
                return new ChaosProcess(builder.start(), out, err);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private static List<String> java(String main) {
        prepareArchive();
        List<String> command = main.equals(COMMAND)
                ? options("-XX:SharedArchiveFile=" + ARCHIVE, LIBRARIES)
                : options("-Xshare:auto", IMAGE);
        command.add(main);
        return command;
    }

    private static List<String> options(String archive, Path folder) {
        String libraries = Files.isDirectory(folder) ? folder + "/*" : System.getProperty("java.class.path");
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                archive,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-cp",
                libraries));
    }

    /** An archive of loaded classes: a test that starts the command 300 times doesn't load them as often. */
    private static synchronized void prepareArchive() {
        if (Files.exists(ARCHIVE) || !Files.isDirectory(LIBRARIES)) {
            return;
        }
        List<String> command = options("-XX:ArchiveClassesAtExit=" + ARCHIVE, LIBRARIES);
        command.addAll(List.of(COMMAND, "doctor", "--secrets", "absent", "--store", "absent"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            assertThat(builder.start().waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    Process process() {
        return process;
    }

    /** Fails if it takes longer than any limit. */
    Ended await() {
        return await(LONGEST);
    }

    Ended await(Duration limit) {
        try {
            boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            assertThat(inTime)
                    .as("it ends within " + limit + "; it said%n%s", ended)
                    .isTrue();
            return ended;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** SIGKILL after so many milliseconds, for the process and not for its children. */
    void killAfter(long millis) {
        try {
            if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Waits until it has a child of this name that does its work. */
    ProcessHandle awaitChild(String name) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            List<ProcessHandle> found = process.descendants()
                    .filter(child -> child.info().command().orElse("").endsWith(name))
                    .filter(child -> Stream.of(child.info().arguments().orElse(new String[0]))
                            .noneMatch(argument -> argument.equals("--version") || argument.equals("--help")))
                    .toList();
            if (!found.isEmpty()) {
                return found.get(0);
            }
            pause();
        }
        throw new AssertionError("no child " + name + "; " + await());
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
