package io.autodump.dumper;

import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the start of the image with its own class-data archive, with Java's, and with none: medians of five runs
 * each, in turn. Builds the image first, which takes root on Debian with the packages buildah and debootstrap.
 * docs/performance.md has the command and the figures.
 */
public final class ImageStartBenchmark {
    private static final int ROUNDS = 5;

    private final BuiltImage image;
    private final TestPostgres server;
    private final Path folder;

    private ImageStartBenchmark(BuiltImage image, TestPostgres server, Path folder) {
        this.image = image;
        this.server = server;
        this.folder = folder;
    }

    /** Takes no arguments. The property {@code autodump.image} is the folder {@code target/image}. */
    public static void main(String[] arguments) throws Exception {
        try (BuiltImage image = BuiltImage.build();
                TestPostgres server = TestPostgres.start()) {
            new ImageStartBenchmark(image, server, Files.createTempDirectory("image-start")).measure();
        }
        // The S3 server's threads would go on.
        System.exit(0);
    }

    /** Milliseconds from the start of the process. */
    private record Start(List<Long> firstLines, List<Long> dumps) {}

    private void measure() throws IOException, InterruptedException {
        Map<String, Start> starts = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String option : List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + javasOwnArchive(), "-Xshare:off")) {
                measure(
                        option,
                        starts.computeIfAbsent(option, name -> new Start(new ArrayList<>(), new ArrayList<>())));
            }
        }
        starts.forEach((option, start) -> System.out.printf(
                "%s: first line after %d ms, a dump of one small table after %d ms%n",
                option, median(start.firstLines()), median(start.dumps())));
    }

    private void measure(String option, Start start) throws InterruptedException {
        try (ContainerEnvironment around = new ContainerEnvironment(server)) {
            long began = System.nanoTime();
            DumperProcess dumper = image.runWith(
                    option, folder, around.environment(around.secret(ContainerEnvironment.TAGS), around.bucket()));
            dumper.awaitText();
            start.firstLines().add(Duration.ofNanos(System.nanoTime() - began).toMillis());
            if (dumper.exitStatus() != 0) {
                throw new IllegalStateException(dumper.text());
            }
            start.dumps().add(Duration.ofNanos(System.nanoTime() - began).toMillis());
        }
    }

    private String javasOwnArchive() throws IOException {
        Path machines = image.root().resolve("usr/lib/jvm");
        try (Stream<Path> files = Files.walk(machines)) {
            return files.filter(file -> file.endsWith("lib/server/classes.jsa"))
                    .findFirst()
                    .map(file -> "/" + image.root().relativize(file))
                    .orElse("/none.jsa");
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
