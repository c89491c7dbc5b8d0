package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.testkit.program.ClassDataArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@link DumperMain} in a process of its own, with the class path that the image has. */
final class DumperProcess implements AutoCloseable, DumperOutput {
    private static final long LONGEST_RUN_SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    private DumperProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static DumperProcess start(Path folder, Map<String, String> environment, String... arguments) {
        Path image = Path.of(System.getProperty("autodump.image"));
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Java 24 and later warn otherwise of zstd's native library, on a line that isn't JSON.
                "--enable-native-access=ALL-UNNAMED",
                // And Java 25 says that this option lessens the use of an archive.
                "-Xlog:disable",
                "-cp",
                image.resolve("lib") + "/*");
        List<String> command = new ArrayList<>(java);
        command.add(ClassDataArchive.ofRun(
                image.resolveSibling("test-classes.jsa"), java, List.of(DumperMain.class.getName(), "smoke")));
        command.addAll(List.of("-Djava.io.tmpdir=" + folder, DumperMain.class.getName()));
        command.addAll(List.of(arguments));
        return start(folder, command, environment, System.getenv());
    }

    /** With this environment and nothing of the test's own. */
    static DumperProcess start(Path folder, List<String> command, Map<String, String> environment) {
        return start(folder, command, environment, Map.of());
    }

    private static DumperProcess start(
            Path folder, List<String> command, Map<String, String> environment, Map<String, String> inherited) {
        try {
            Path out = Files.createTempFile(folder, "dumper", ".out");
            Path err = Files.createTempFile(folder, "dumper", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(inherited);
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("AUTODUMP_"));
            builder.environment().putAll(environment);
            return new DumperProcess(builder.start(), out, err);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** SIGTERM to Java, which may have been started by something that goes on. */
    void terminate() {
        java().destroy();
    }

    /** What the kernel says of the Java process: user, capabilities. */
    String statusOfJava() throws IOException {
        return Files.readString(Path.of("/proc", String.valueOf(java().pid()), "status"));
    }

    private ProcessHandle java() {
        return process.children()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElse(process.toHandle());
    }

    private boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for something to have happened elsewhere, while the process runs. */
    void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_RUN_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(isAlive()).as("alive; it said%n%s", text()).isTrue();
            assertThat(System.nanoTime()).as(text()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    /** Waits for its first output; looks every millisecond, for those who measure. */
    void awaitText() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_RUN_SECONDS);
        while (text().isEmpty()) {
            assertThat(System.nanoTime()).as("it says something").isLessThan(deadline);
            Thread.sleep(1);
        }
    }

    int exitStatus() throws InterruptedException {
        assertThat(process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS))
                .as("ended; until now it said%n%s", text())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public String text() {
        try {
            return Files.readString(out) + Files.readString(err);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
