package io.autodump.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command as a process of its own, as a person runs it. */
record CommandProcess(Process process) {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int NONE = -1;

    /** How it ended. */
    record Ended(int exitStatus, String out, String err) {}

    /**
     * Starts it.
     *
     * @param folder to run in, with a folder {@code tmp} for temporary files
     * @param variables added to the environment, in which no variable of AWS is otherwise
     */
    static CommandProcess start(Path folder, Map<String, String> variables, String... arguments) throws IOException {
        return start(List.of(), folder, variables, arguments);
    }

    /** Starts it through other programs, such as {@code env}, each of which becomes the next in the same process. */
    static CommandProcess start(List<String> through, Path folder, Map<String, String> variables, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(through);
        command.addAll(Distribution.java("-Djava.io.tmpdir=" + folder.resolve("tmp")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.equals("JAVA_TOOL_OPTIONS"));
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_CONFIG_FILE", folder.resolve("absent").toString());
        environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("absent").toString());
        environment.putAll(variables);
        return new CommandProcess(builder.start());
    }

    /** A process that doesn't end within two minutes is killed, and fails the test with what it printed. */
    Ended await() throws InterruptedException {
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.inputReader(UTF_8)));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.errorReader(UTF_8)));
        boolean inTime = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
        if (!inTime) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        Ended ended = new Ended(inTime ? process.exitValue() : NONE, out.join(), err.join());
        assertThat(inTime).as("it ends by itself; it printed%n%s", ended).isTrue();
        return ended;
    }

    ProcessHandle awaitChild(String name) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            // Some pg_dumps are started only to be asked for their version.
            List<ProcessHandle> found = process.descendants()
                    .filter(child -> child.info().command().orElse("").endsWith(name))
                    .filter(child -> Stream.of(child.info().arguments().orElse(new String[0]))
                            .noneMatch("--version"::equals))
                    .toList();
            if (!found.isEmpty()) {
                return found.get(0);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("no child " + name);
    }

    /** A process that ends meanwhile gets no signal. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue() == 0 || process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    private static String text(BufferedReader reader) {
        try (reader) {
            return String.join("\n", reader.lines().toList());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
