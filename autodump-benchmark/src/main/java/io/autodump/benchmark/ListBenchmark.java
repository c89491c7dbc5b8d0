package io.autodump.benchmark;

import io.autodump.core.database.TlsMode;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.wire.DumpManifestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures {@code autodump list} over a folder with many dumps: elapsed time and processor time of the whole process.
 * Needs {@code /usr/bin/time}.
 */
public final class ListBenchmark {
    private static final int RUNS = 7;
    private static final int SECRETS = 20;
    private static final Instant FIRST = Instant.parse("2026-01-01T02:00:00.123456Z");
    private static final Duration BETWEEN = Duration.ofHours(6);

    private ListBenchmark() {}

    /** Seconds of one run. */
    private record Run(double processor, double elapsed) {}

    /**
     * Measures.
     *
     * @param arguments a folder to work in, the number of dumps, and the {@code bin/autodump} to measure, one or more:
     *     they take turns
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        if (Files.notExists(folder.resolve("autodump.yaml"))) {
            fill(folder.resolve("dumps"), Integer.parseInt(arguments[1]));
            Files.createDirectories(folder.resolve("secrets"));
            Files.writeString(folder.resolve("autodump.yaml"), "secrets: ./secrets\nstore: ./dumps\n");
        }
        List<String> programs = Stream.of(arguments)
                .skip(2)
                .map(program -> Path.of(program).toAbsolutePath().toString())
                .toList();
        List<List<Run>> runs = new ArrayList<>();
        programs.forEach(program -> runs.add(new ArrayList<>()));
        for (int i = 0; i <= RUNS; i++) {
            for (int program = 0; program < programs.size(); program++) {
                Run run = run(folder, programs.get(program));
                if (i > 0) {
                    runs.get(program).add(run);
                }
            }
        }
        for (int program = 0; program < programs.size(); program++) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: elapsed %s, processor %s%n",
                    programs.get(program),
                    summary(runs.get(program), Run::elapsed),
                    summary(runs.get(program), Run::processor));
        }
    }

    private static String summary(List<Run> runs, ToDoubleFunction<Run> value) {
        List<Double> sorted = runs.stream().map(value::applyAsDouble).sorted().toList();
        return String.format(
                Locale.ROOT, "%.2f s (%.2f to %.2f)", sorted.get(RUNS / 2), sorted.get(0), sorted.get(RUNS - 1));
    }

    /** Writes manifests and files of one byte directly: the store would sync each of them to disk. */
    private static void fill(Path store, int dumps) throws IOException {
        for (int i = 0; i < dumps; i++) {
            DumpManifest manifest =
                    manifest("team/secret" + i % SECRETS, FIRST.plus(BETWEEN.multipliedBy(i / SECRETS)));
            Path file = store.resolve(manifest.key().value());
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
            Files.writeString(store.resolve(manifest.key().manifestKey()), DumpManifestJson.write(manifest));
        }
    }

    private static DumpManifest manifest(String secret, Instant when) {
        return DumpManifest.builder()
                .key(DumpKey.of(Optional.empty(), secret, "shop", when, ".dump.zst"))
                .secretName(secret)
                .database("shop")
                .engine("postgres")
                .scheduledAt(when)
                .startedAt(when.plusSeconds(2))
                .finishedAt(when.plusSeconds(60))
                .serverVersion("15.18 (Debian 15.18-0+deb12u1)")
                .clientVersion("15.18")
                .tls(TlsMode.VERIFY_FULL)
                .replica(false)
                .fileType(new DumpFileType(DumpFormat.CUSTOM, Compression.DEFAULT))
                .settings(DumpSettings.defaults())
                .sourceBytes(1_234_567_890L)
                .storedBytes(345_678_901L)
                .checksum(new Checksum("ab".repeat(32)))
                .archiveEntries(144)
                .roles(List.of("app", "owner"))
                .toolVersion("benchmark")
                .build();
    }

    private static Run run(Path folder, String autodump) throws IOException, InterruptedException {
        Path times = folder.resolve("times");
        Path output = folder.resolve("last-output");
        int status = new ProcessBuilder("/usr/bin/time", "-o", times.toString(), "-f", "%U %S %e", autodump, "list")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(autodump + " exited with " + status + "; see " + output);
        }
        List<Double> seconds = Stream.of(Files.readString(times).trim().split(" "))
                .map(Double::parseDouble)
                .toList();
        return new Run(seconds.get(0) + seconds.get(1), seconds.get(2));
    }
}
