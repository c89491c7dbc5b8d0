package io.autodump.benchmark;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Whole dumps, from the start of the process to its end, against what people do by hand: {@code pg_dump | zstd} into a
 * file, then {@code sha256sum}, without any of the checks. Prints ratios: below 1 is faster than by hand.
 */
public final class DumpBenchmark {
    /** About 600 MB of rows that compress as ordinary rows do. */
    private static final String ROWS = """
            CREATE TABLE event AS
            SELECT i AS id, md5(i::text) AS token, 'customer ' || i %% 1000 AS customer,
                   now() - i * interval '1 second' AS at, repeat(md5((i %% 977)::text), 4) AS payload
              FROM generate_series(1, %d) AS i
            """;

    private DumpBenchmark() {}

    /**
     * Measures.
     *
     * @param arguments the checkout, a folder to work in, the number of rows (2500000 makes about 600 MB), and
     *     optionally a word that the names of the comparisons to make hold
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path autodump = Path.of(arguments[0]).toAbsolutePath().resolve("bin/autodump");
        Path folder = Files.createDirectories(Path.of(arguments[1]).toAbsolutePath());
        try (TestPostgres postgres = Workplace.server()) {
            postgres.createDatabase("bench");
            postgres.execute("bench", rows(Integer.parseInt(arguments[2])));
            configure(folder, postgres);
            measure(autodump.toString(), folder, postgres, arguments.length > 3 ? arguments[3] : "");
        }
    }

    /** The statement that makes the table. */
    static String rows(int count) {
        return ROWS.formatted(count);
    }

    private static void measure(String autodump, Path folder, TestPostgres postgres, String only)
            throws IOException, InterruptedException {
        Pair pair = new Pair(
                folder,
                only,
                Map.of(
                        "PGHOST", postgres.host(),
                        "PGPORT", String.valueOf(postgres.port()),
                        "PGUSER", TestPostgres.SUPERUSER,
                        "PGPASSWORD", postgres.password().reveal(),
                        "PGDATABASE", "bench"));
        pair.compare(
                "dump, custom, zstd:3",
                List.of(autodump, "dump", "zstd"),
                shell("pg_dump -Fc -Z0 | zstd -q -3 > by-hand && sha256sum by-hand"));
        pair.compare(
                "dump, custom, none",
                List.of(autodump, "dump", "none"),
                shell("pg_dump -Fc -Z0 > by-hand && sha256sum by-hand"));
        pair.compare(
                "dump, custom, gzip:6",
                List.of(autodump, "dump", "gzip"),
                shell("pg_dump -Fc -Z6 > by-hand && sha256sum by-hand"));
        pair.compare(
                "verify, against sha256sum and zstd --test",
                List.of(autodump, "verify", "latest:zstd"),
                shell("sha256sum $(ls -t dumps/zstd/bench/*/*/*/*.zst | head -n 1)"
                        + " && zstd -q --test $(ls -t dumps/zstd/bench/*/*/*/*.zst | head -n 1)"));
        pair.compare(
                "start-up: plan, against pg_dump --version",
                List.of(autodump, "plan"),
                List.of("pg_dump", "--version"));
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }

    private static void configure(Path folder, TestPostgres postgres) throws IOException {
        Workplace workplace = Workplace.in(folder);
        workplace.storeInFolder("autodump.yaml", "dumps");
        DatabaseSecret database = postgres.secret("bench");
        workplace.writeSecret("zstd", Map.of("compression", "zstd:3"), database);
        workplace.writeSecret("none", Map.of("compression", "none"), database);
        workplace.writeSecret("gzip", Map.of("compression", "gzip:6"), database);
    }
}
