package io.autodump.benchmark;

import io.autodump.testkit.aws.S3Server;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the list of the classes that the command loads: those of dumps, restores and verifications, of both kinds of
 * stores, and of the commands that only look. From the list a first start makes the class-data archive, with which
 * others start faster.
 */
public final class CommandClasses {
    private static final int ROWS = 20_000;
    private static final String BUCKET = S3Server.newBucket();
    private static final List<String> COMMANDS = List.of(
            "plan",
            "doctor",
            "dump one",
            "dump two",
            "list",
            "list --show-restore latest:two",
            "verify latest:one",
            "verify latest:two",
            "restore latest:one --create --no-owner --url $URL/restored_one",
            "restore latest:two --create --no-owner --jobs 2 --url $URL/restored_two",
            "status",
            "--config s3.yaml dump one",
            "--config s3.yaml dump two",
            "--config s3.yaml verify latest:one",
            "--config s3.yaml restore latest:two --create --no-owner --jobs 2 --url $URL/restored_again",
            "--config s3.yaml list");

    private final Path autodump;
    private final Path folder;
    private final Set<String> classes = new LinkedHashSet<>();

    private CommandClasses(Path autodump, Path folder) {
        this.autodump = autodump;
        this.folder = folder;
    }

    /**
     * Writes the list.
     *
     * @param arguments {@code bin/autodump}, an empty folder to work in, and the file to write
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[1]).toAbsolutePath());
        try (TestPostgres postgres = TestPostgres.start()) {
            postgres.createDatabase("shop");
            postgres.execute("shop", DumpBenchmark.rows(ROWS));
            postgres.execute("shop", "CREATE TABLE item AS SELECT i, md5(i::text) FROM generate_series(1, 99) AS i");
            Workplace workplace = Workplace.in(folder);
            workplace.storeInFolder("autodump.yaml", "dumps");
            workplace.storeInBucket("s3.yaml", BUCKET);
            workplace.writeSecret("one", Map.of("start-schedule", "0 3 * * *"), postgres.secret("shop"));
            workplace.writeSecret("two", Map.of("start-schedule", "0 3 * * *", "jobs", "2"), postgres.secret("shop"));
            CommandClasses command = new CommandClasses(Path.of(arguments[0]).toAbsolutePath(), folder);
            for (String line : COMMANDS) {
                command.run(line, postgres);
            }
            Files.write(Path.of(arguments[2]), command.classes);
        } finally {
            S3Server.stop();
        }
    }

    private void run(String line, TestPostgres postgres) throws IOException, InterruptedException {
        Path list = folder.resolve("classes");
        Path output = folder.resolve("last-output");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", autodump + " " + line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Workplace.credentials());
        builder.environment().put("AUTODUMP_JAVA_OPTS", "-Xshare:off -XX:DumpLoadedClassList=" + list);
        builder.environment().put("PGPASSWORD", postgres.password().reveal());
        builder.environment()
                .put("URL", "postgres://" + TestPostgres.SUPERUSER + "@" + postgres.host() + ":" + postgres.port());
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(
                    "autodump " + line + " exited with " + status + ": " + Files.readString(output));
        }
        try (Stream<String> lines = Files.lines(list)) {
            lines.filter(CommandClasses::isWorthKeeping)
                    .map(loaded -> loaded.replaceFirst(" id: [0-9]+$", ""))
                    .forEach(classes::add);
        }
    }

    /**
     * Leaves out comments, classes of other loaders, which have a source, and the lambdas of the AWS SDK: these take a
     * quarter of the time that the archive takes, and save little.
     */
    private static boolean isWorthKeeping(String loaded) {
        return !loaded.startsWith("#") && !loaded.contains("source:") && !loaded.startsWith("@lambda-proxy software/");
    }
}
