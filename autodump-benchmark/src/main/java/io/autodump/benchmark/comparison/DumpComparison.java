package io.autodump.benchmark.comparison;

import io.autodump.benchmark.Workplace;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.testkit.aws.S3Server;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares whole commands: dumps and restores of this product, with several numbers of sessions, with what people do by
 * hand. For each dataset it starts a PostgreSQL server; the S3 server is in this process. Both run on the same machine
 * as the commands, and neither counts as processor time of a command.
 */
public final class DumpComparison {
    private final Path folder;
    private final long megabytes;
    private final int rounds;
    private final String bucket = S3Server.newBucket();

    private DumpComparison(Path folder, long megabytes, int rounds) {
        this.folder = folder;
        this.megabytes = megabytes;
        this.rounds = rounds;
    }

    /**
     * Measures, and writes the results into the documentation.
     *
     * @param arguments the checkout, an empty folder to work in, the size of each database in MB, the number of
     *     measured rounds (odd), and the datasets; without any, all
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path checkout = Path.of(arguments[0]).toAbsolutePath();
        Path folder = Files.createDirectories(Path.of(arguments[1]).toAbsolutePath());
        DumpComparison comparison =
                new DumpComparison(folder, Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
        List<Dataset> chosen = datasets(List.of(arguments).subList(4, arguments.length));
        Map<Dataset, Map<String, List<Measurement>>> dumps = new LinkedHashMap<>();
        Map<Dataset, Map<String, List<Measurement>>> restores = new LinkedHashMap<>();
        try {
            for (Dataset dataset : chosen) {
                comparison.compare(checkout, dataset, dumps, restores);
            }
        } finally {
            S3Server.stop();
        }
        new Report(checkout, comparison.megabytes, comparison.rounds).write(dumps, restores);
    }

    private static List<Dataset> datasets(List<String> ids) {
        List<Dataset> all = List.of(Dataset.values());
        List<String> known = all.stream().map(Dataset::id).toList();
        if (!known.containsAll(ids)) {
            throw new IllegalArgumentException("there are the datasets " + known + ", not all of " + ids);
        }
        return ids.isEmpty()
                ? all
                : all.stream().filter(dataset -> ids.contains(dataset.id())).toList();
    }

    private void compare(
            Path checkout,
            Dataset dataset,
            Map<Dataset, Map<String, List<Measurement>>> dumps,
            Map<Dataset, Map<String, List<Measurement>>> restores)
            throws IOException, InterruptedException {
        System.out.println(dataset.title() + ", about " + megabytes + " MB");
        try (TestPostgres postgres = Workplace.server()) {
            postgres.createDatabase(dataset.id());
            for (String statement : dataset.statements(megabytes)) {
                postgres.execute(dataset.id(), statement);
            }
            postgres.execute(dataset.id(), "VACUUM ANALYZE");
            configure(postgres.secret(dataset.id()));
            Stopwatch stopwatch = new Stopwatch(folder, environment(checkout, postgres, dataset.id()));
            Comparison comparison = new Comparison(stopwatch, rounds, () -> S3Server.clear(bucket));
            dumps.put(dataset, comparison.run(new Contenders(hasAws(stopwatch)).dumps()));
            stopwatch.run(Contenders.prepareRestores());
            restores.put(dataset, comparison.run(Contenders.restores()));
        }
    }

    private Map<String, String> environment(Path checkout, TestPostgres postgres, String database) {
        String server = postgres.host() + ":" + postgres.port();
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH",
                checkout.resolve("bin") + ":" + System.getenv("PATH"),
                "PGHOST",
                postgres.host(),
                "PGPORT",
                String.valueOf(postgres.port()),
                "PGUSER",
                TestPostgres.SUPERUSER,
                "PGPASSWORD",
                postgres.password().reveal(),
                "PGDATABASE",
                database,
                "RESTORE_URL",
                "postgres://" + TestPostgres.SUPERUSER + "@" + server + "/restored?sslmode=disable",
                "BUCKET",
                bucket));
        environment.putAll(Workplace.credentials());
        environment.putAll(Map.of(
                "AWS_DEFAULT_REGION",
                "eu-central-1",
                "AWS_ENDPOINT_URL_S3",
                S3Server.endpoint().toString()));
        return environment;
    }

    private static boolean hasAws(Stopwatch stopwatch) throws IOException, InterruptedException {
        try {
            stopwatch.run("aws --version");
            return true;
        } catch (IllegalStateException absent) {
            System.out.println("  without the commands that need the AWS CLI, which isn't here");
            return false;
        }
    }

    private void configure(DatabaseSecret database) throws IOException {
        Workplace workplace = Workplace.in(folder);
        workplace.storeInFolder("autodump.yaml", "out");
        workplace.storeInFolder("kept.yaml", "kept/dumps");
        workplace.storeInBucket("s3.yaml", bucket);
        for (int jobs : Contenders.JOBS) {
            workplace.writeSecret(
                    "jobs-" + jobs, Map.of("compression", "zstd:3", "jobs", String.valueOf(jobs)), database);
        }
    }
}
