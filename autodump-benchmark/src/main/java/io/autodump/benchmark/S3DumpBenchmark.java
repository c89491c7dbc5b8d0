package io.autodump.benchmark;

import io.autodump.testkit.aws.S3Server;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares what two builds of AutoDump cost for one dump to S3: processor time of the whole process with its children
 * ({@code pg_dump}, {@code pg_restore}), and elapsed time. The two take turns. Needs {@code /usr/bin/time}, and the
 * clients of PostgreSQL. The server and S3 run in this process's neighbourhood and aren't counted.
 */
public final class S3DumpBenchmark {
    private static final int RUNS = 7;

    private final Path folder;
    private final String compression;
    private final String bucket = S3Server.newBucket();

    private S3DumpBenchmark(Path folder, String compression) {
        this.folder = folder;
        this.compression = compression;
    }

    /** Seconds of one run. */
    private record Run(double processor, double elapsed) {}

    /**
     * Measures.
     *
     * @param arguments a folder to work in, the number of rows (2500000 makes about 600 MB), the compression (such as
     *     {@code none}), and the two {@code bin/autodump} to compare: before, after
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        try (TestPostgres postgres = Workplace.server()) {
            postgres.createDatabase("bench");
            postgres.execute("bench", DumpBenchmark.rows(Integer.parseInt(arguments[1])));
            S3DumpBenchmark benchmark = new S3DumpBenchmark(folder, arguments[2]);
            benchmark.configure(postgres);
            benchmark.compare(arguments[3], arguments[4]);
        } finally {
            S3Server.stop();
        }
    }

    private void configure(TestPostgres postgres) throws IOException {
        Workplace workplace = Workplace.in(folder);
        workplace.storeInBucket("autodump.yaml", bucket);
        workplace.writeSecret("bench", Map.of("compression", compression), postgres.secret("bench"));
    }

    private void compare(String before, String after) throws IOException, InterruptedException {
        List<Run> first = new ArrayList<>();
        List<Run> second = new ArrayList<>();
        run(before);
        run(after);
        for (int i = 0; i < RUNS; i++) {
            first.add(run(before));
            second.add(run(after));
        }
        print("before", first);
        print("after", second);
        List<Double> ratios = Stream.iterate(0, i -> i + 1)
                .limit(RUNS)
                .map(i -> second.get(i).processor() / first.get(i).processor())
                .sorted()
                .toList();
        System.out.printf(
                Locale.ROOT,
                "processor time, after / before: median %.3f (%.3f to %.3f)%n",
                ratios.get(RUNS / 2),
                ratios.get(0),
                ratios.get(RUNS - 1));
    }

    private static void print(String name, List<Run> runs) {
        System.out.printf(
                Locale.ROOT,
                "%-7s processor %.2f s (%.2f to %.2f), elapsed %.2f s%n",
                name,
                runs.stream().map(Run::processor).sorted().toList().get(RUNS / 2),
                runs.stream().mapToDouble(Run::processor).min().orElseThrow(),
                runs.stream().mapToDouble(Run::processor).max().orElseThrow(),
                runs.stream().map(Run::elapsed).sorted().toList().get(RUNS / 2));
    }

    private Run run(String autodump) throws IOException, InterruptedException {
        Path times = folder.resolve("times");
        Path output = folder.resolve("last-output");
        ProcessBuilder builder = new ProcessBuilder(
                        "/usr/bin/time", "-o", times.toString(), "-f", "%U %S %e", autodump, "dump", "bench")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Workplace.credentials());
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(autodump + " exited with " + status + "; see " + output);
        }
        S3Server.clear(bucket);
        List<Double> seconds = Stream.of(Files.readString(times).trim().split(" "))
                .map(Double::parseDouble)
                .toList();
        return new Run(seconds.get(0) + seconds.get(1), seconds.get(2));
    }
}
