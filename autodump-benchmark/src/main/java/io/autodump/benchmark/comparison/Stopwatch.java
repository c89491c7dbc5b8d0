package io.autodump.benchmark.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs shell scripts in one folder and measures them with {@code /usr/bin/time}. */
final class Stopwatch {
    private static final int KIBIBYTE = 1024;

    private final Path folder;
    private final Map<String, String> environment;

    Stopwatch(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** Runs a contender once. Throws if it fails. */
    Measurement measure(Contender contender) throws IOException, InterruptedException {
        run(contender.before());
        Path times = folder.resolve("times");
        run(List.of(
                "/usr/bin/time",
                "-o",
                times.toString(),
                "-f",
                "%e %U %S %M",
                // One script may be a pipe: a failure of any program in it is a failure.
                "bash",
                "-o",
                "pipefail",
                "-ec",
                contender.command()));
        double[] values = Stream.of(Files.readString(times).trim().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Measurement(values[0], values[1] + values[2], values[3] * KIBIBYTE, bytes(folder.resolve("out")));
    }

    /** Runs a script that isn't measured. */
    void run(String script) throws IOException, InterruptedException {
        run(List.of("bash", "-o", "pipefail", "-ec", script));
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("last-output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " exited with " + status + ": " + Files.readString(output));
        }
    }

    private static double bytes(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
