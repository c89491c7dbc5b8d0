package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.program.JavaProgram;
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
        private JavaProgram program = JavaProgram.COMMAND;

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

        Plan program(JavaProgram other) {
            program = other;
            return this;
        }

        ChaosProcess start(String... arguments) {
            List<String> command = new ArrayList<>(through);
            List<String> all = new ArrayList<>(options);
            all.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
            command.addAll(program.words(all));
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

    /** How many milliseconds it lives if nobody kills it. */
    int life() {
        long began = System.nanoTime();
        Ended ended = await();
        assertThat(ended.exitStatus()).as(ended.err()).isZero();
        return (int) Duration.ofNanos(System.nanoTime() - began).toMillis();
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
