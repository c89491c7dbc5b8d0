package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.restore.RestoredPart;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.TestDumps.RecordingProgress;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.postgres.restore.PgRestore;
import io.autodump.postgres.restore.ScratchRestoreCheck;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dumps in several sessions, with parts as small as tests need, and their restores. */
final class ParallelDumpIT {
    private static final long PAGE = 8192;

    private static TestPostgres server;
    private static StockPrograms stock;

    @BeforeAll
    static void start() throws IOException {
        server = TestPostgres.start();
        stock = new StockPrograms(server);
        server.createDatabase("nasty");
        try (InputStream sql = TestPostgres.class.getResourceAsStream("nasty.sql")) {
            assertThat(sql).as("nasty.sql").isNotNull();
            server.execute("nasty", new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
        server.createDatabase("shop");
        server.execute("shop", """
                CREATE SCHEMA "odd ""s"".x";
                CREATE TABLE big AS SELECT i, md5(i::text) AS text, NULL::text AS note FROM generate_series(1, 30000) i;
                CREATE TABLE "odd ""s"".x"."täble %s" (id integer GENERATED ALWAYS AS IDENTITY, "ü "" x" text,
                    twice integer GENERATED ALWAYS AS (length("ü "" x") * 2) STORED);
                INSERT INTO "odd ""s"".x"."täble %s" ("ü "" x")
                    SELECT repeat(chr(9) || E'\\\\\\n' || i, i % 9) FROM generate_series(1, 9000) i;
                CREATE TABLE wide (id integer PRIMARY KEY, body text);
                INSERT INTO wide SELECT i, (SELECT string_agg(md5((i * j)::text), '') FROM generate_series(1, 3000) j)
                    FROM generate_series(1, 30) i;
                CREATE TABLE small AS SELECT 1 AS one;
                CREATE TABLE lines (id integer REFERENCES wide, n integer);
                INSERT INTO lines SELECT 1 + i % 30, i FROM generate_series(1, 9000) i;
                CREATE TABLE emptied AS SELECT i FROM generate_series(1, 5000) i;
                DELETE FROM emptied;
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"32, zstd:3, 4", "32, gzip:1, 1", "2, none, 2"})
    void givesBackEverything(int jobs, String compression, int restoreJobs, @TempDir Path folder) {
        DumpSettings settings = DumpSettings.builder()
                .jobs(jobs)
                .compression(Compression.parse(compression).orElseThrow())
                .verify(VerifyMode.RESTORE)
                .build();
        Dumped dumped = dump("nasty", settings, 1);
        assertThat(dumped.manifest().parts().data()).hasSizeGreaterThan(jobs == 2 ? 0 : 30);
        List<String> source = lines("nasty");

        new ScratchRestoreCheck(PostgresClients.discover(), server.secret("postgres"))
                .prove(dumped.manifest(), dumped.parts());
        restore(
                dumped,
                "restored " + compression,
                RestoreOptions.builder().create(true).jobs(restoreJobs).build());
        assertThat(lines("restored " + compression)).isEqualTo(source);

        byStockPrograms(dumped, "stock " + compression, folder);
        assertThat(lines("stock " + compression)).isEqualTo(source);
        server.dropDatabase("restored " + compression);
        server.dropDatabase("stock " + compression);
    }

    private static void byStockPrograms(Dumped dumped, String database, Path folder) {
        server.createDatabase(database);
        dumped.parts().writeTo(folder);
        stock.output(
                database,
                "sh",
                "-ec",
                "cd '" + folder + "'\n"
                        + String.join("\n", dumped.manifest().parts().restoreCommands()));
    }

    @Test
    void cutsLargeTablesIntoRangesOfPages() {
        RecordingProgress progress = new RecordingProgress();
        Dumped dumped = dump("shop", DumpSettings.builder().jobs(3).build(), 16 * PAGE, progress);

        List<DumpPart> data = dumped.manifest().parts().data();
        assertThat(data.stream().filter(part -> part.table().orElseThrow().equals("\"public\".\"big\"")))
                .hasSizeGreaterThan(3)
                .allSatisfy(part -> assertThat(part.columns()).containsExactly("\"i\"", "\"text\"", "\"note\""));
        assertThat(rows(data, "\"public\".\"big\"")).isEqualTo(30_000);
        assertThat(data.stream().map(part -> part.table().orElseThrow()))
                .contains("\"public\".\"wide\"")
                .doesNotContain("\"public\".\"small\"", "\"public\".\"emptied\"");
        assertThat(progress.lastBytes()).isEqualTo(dumped.manifest().sourceBytes());
        assertThat(progress.tables()).contains("public.small").anyMatch(name -> name.startsWith("public.big (1/"));
    }

    @Test
    void choosesPartsByTable() {
        Dumped dumped = dump("shop", DumpSettings.builder().jobs(32).build(), PAGE);

        restore(
                dumped,
                "one",
                RestoreOptions.builder()
                        .create(true)
                        .jobs(2)
                        .addTables("\"odd \"\"s\"\".x\".*", "public.lines")
                        .build());
        assertThat(number("one", "SELECT count(*) FROM \"odd \"\"s\"\".x\".\"täble %s\""))
                .isEqualTo(9000);
        assertThat(number("one", "SELECT count(*) FROM lines")).isEqualTo(9000);
        assertThat(number("one", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo(1);

        RestoreOptions.Builder all = RestoreOptions.builder().create(true);
        restore(dumped, "defined", all.part(RestoredPart.SCHEMA).build());
        assertThat(number("defined", "SELECT count(*) FROM big")).isZero();
        server.execute("defined", "ALTER TABLE lines DROP CONSTRAINT lines_id_fkey");
        restore(
                dumped,
                "defined",
                RestoreOptions.builder()
                        .part(RestoredPart.DATA)
                        .intoNonEmpty(true)
                        .jobs(2)
                        .addExcludeTables("wide")
                        .build());
        assertThat(number("defined", "SELECT count(*) FROM big")).isEqualTo(30_000);
        assertThat(number("defined", "SELECT count(*) FROM wide")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"LATIN1, ISO-8859-1", "SQL_ASCII, US-ASCII"})
    void copiesRowsInTheEncodingOfTheirDatabase(String encoding, String charset) {
        String name = "in " + charset;
        server.execute(
                "postgres",
                "CREATE DATABASE \"" + name + "\" TEMPLATE template0 ENCODING '" + encoding
                        + "' LC_COLLATE 'C' LC_CTYPE 'C'");
        server.execute(name, "CREATE TABLE bytes (t text)");
        stock.output(
                name,
                "psql",
                "-qXc",
                "INSERT INTO bytes SELECT convert_from(E'\\\\xe4'::bytea, '" + encoding
                        + "') FROM generate_series(1, 1000)");
        Dumped dumped = dump(name, DumpSettings.builder().jobs(2).build(), PAGE);
        assertThat(dumped.manifest().parts().data()).isNotEmpty();

        restore(dumped, "of " + charset, RestoreOptions.builder().create(true).build());

        String sum = "SELECT sum(get_byte(t::bytea, 0)) FROM bytes";
        assertThat(stock.output("of " + charset, "psql", "-qXAtc", sum))
                .isEqualTo(stock.output(name, "psql", "-qXAtc", sum));
    }

    @Test
    void isNotAffectedBySettingsOfTheDatabase() {
        server.createDatabase("set");
        server.execute("set", """
                CREATE TABLE odd AS SELECT i, now() + i * interval '1 day' AS at, i * interval '-1 day -2:03' AS span,
                    i / 3.0::double precision AS real, decode(md5(i::text), 'hex') AS bytes FROM generate_series(1, 3000) i;
                ALTER DATABASE set SET datestyle = 'German';
                ALTER DATABASE set SET intervalstyle = 'sql_standard';
                ALTER DATABASE set SET extra_float_digits = -10;
                ALTER DATABASE set SET bytea_output = 'escape';
                ALTER DATABASE set SET default_transaction_isolation = 'serializable';
                ALTER DATABASE set SET default_transaction_read_only = on;
                ALTER DATABASE set SET idle_in_transaction_session_timeout = '1ms';
                """);
        Dumped dumped = dump("set", DumpSettings.builder().jobs(4).build(), PAGE);

        restore(dumped, "set again", RestoreOptions.builder().create(true).build());

        assertThat(lines("set again")).isEqualTo(lines("set"));
    }

    /** Transfers between accounts keep the sum; each snapshot has the same. */
    @Test
    void readsAllPartsInOneSnapshot() throws Exception {
        server.createDatabase("bank");
        server.execute("bank", """
                CREATE TABLE account AS SELECT i AS id, 100 AS balance, repeat('x', 200) AS filler
                  FROM generate_series(1, 20000) i;
                CREATE INDEX ON account (id);
                CREATE TABLE entry (id integer, amount integer);
                INSERT INTO entry SELECT i, 0 FROM generate_series(1, 20000) i;
                """);
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> tellers = List.of(teller(enough, 1), teller(enough, 2));
        Dumped dumped;
        try {
            dumped = dump("bank", DumpSettings.builder().jobs(4).build(), 8 * PAGE);
        } finally {
            enough.set(true);
            for (Thread teller : tellers) {
                teller.join();
            }
        }
        assertThat(dumped.manifest().parts().data()).hasSizeGreaterThan(8);
        assertThat(number("bank", "SELECT count(*) FROM entry")).as("writes").isGreaterThan(20_000);

        restore(
                dumped,
                "bank again",
                RestoreOptions.builder().create(true).jobs(2).build());

        assertThat(number("bank again", "SELECT sum(balance) FROM account")).isEqualTo(2_000_000);
        assertThat(number("bank again", "SELECT sum(amount) FROM entry")).isZero();
        assertThat(number(
                        "bank again",
                        "SELECT sum((balance - 100)::bigint - coalesce(e.sum, 0)) FROM account a"
                                + " LEFT JOIN (SELECT id, sum(amount) FROM entry GROUP BY id) e USING (id)"))
                .isZero();
    }

    private static Thread teller(AtomicBoolean enough, int seed) {
        Thread thread = new Thread(() -> {
            try (var connection = server.connection("bank");
                    var transfer = connection.prepareStatement("""
                            WITH pair AS (SELECT 1 + (random() * 19999)::integer AS a, 1 + (random() * 19999)::integer AS b),
                                 moved AS (INSERT INTO entry SELECT a, 5 FROM pair UNION ALL SELECT b, -5 FROM pair
                                           RETURNING id, amount),
                                 net AS (SELECT id, sum(amount) AS amount FROM moved GROUP BY id)
                            UPDATE account SET balance = balance + net.amount FROM net WHERE account.id = net.id""")) {
                while (!enough.get()) {
                    try {
                        transfer.execute();
                    } catch (java.sql.SQLException deadlock) {
                        assertThat(deadlock.getSQLState()).isEqualTo("40P01");
                    }
                }
            } catch (java.sql.SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
        thread.setName("teller " + seed);
        thread.start();
        return thread;
    }

    @Test
    void readsAPartAgainIfItsSessionEnds() {
        AtomicBoolean once = new AtomicBoolean();
        MemoryParts parts = new MemoryParts(name -> {
            if (name.startsWith("data/") && once.compareAndSet(false, true)) {
                end("query LIKE 'COPY%'");
            }
        });

        Dumped dumped = dump("shop", DumpSettings.builder().jobs(2).build(), 16 * PAGE, DumpProgress.SILENT, parts);

        assertThat(once).isTrue();
        assertThat(rows(dumped.manifest().parts().data(), "\"public\".\"big\"")).isEqualTo(30_000);
        assertThat(parts.open()).isEmpty();
    }

    @Test
    void failsIfTheSnapshotEnds() {
        AtomicBoolean once = new AtomicBoolean();
        MemoryParts parts = new MemoryParts(name -> {
            if (name.startsWith("data/") && once.compareAndSet(false, true)) {
                end("true");
            }
        });

        assertThatThrownBy(() ->
                        dump("shop", DumpSettings.builder().jobs(2).build(), 16 * PAGE, DumpProgress.SILENT, parts))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_FAILED))
                .hasMessageContaining("nothing was published");
        assertThat(parts.open()).isEmpty();
        TestDumps.assertNoSessions(server);
    }

    private static void end(String condition) {
        server.execute(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'autodump-%' AND "
                        + condition);
    }

    @Test
    void leavesNoSessionWhenItIsStopped() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        MemoryParts parts = new MemoryParts(name -> {
            if (name.startsWith("data/")) {
                begun.countDown();
                try {
                    release.await();
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException(stopped);
                }
            }
        });
        try (PreparedDump dump = source(16 * PAGE)
                .prepare(server.secret("shop"), DumpSettings.builder().jobs(3).build())) {
            Runnable stop = dump::close;
            Thread stopper = new Thread(() -> {
                try {
                    begun.await();
                } catch (InterruptedException nobodyDoesThat) {
                    Thread.currentThread().interrupt();
                }
                stop.run();
            });
            stopper.start();

            assertThatThrownBy(() -> dump.writeParts(parts, DumpProgress.SILENT))
                    .isInstanceOfSatisfying(
                            AutoDumpException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED));
            assertThat(parts.open()).isEmpty();
            stopper.join();
        }
        TestDumps.assertNoSessions(server);
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .doesNotContain("autodump-part-reader");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void usesNoMoreSessionsThanTheRoleMayHave() {
        server.execute("shop", """
                DO $$ BEGIN CREATE ROLE few LOGIN PASSWORD 'few' CONNECTION LIMIT 5; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                GRANT pg_read_all_data TO few;
                """);
        DatabaseSecret few = server.secret("shop", "few", Password.of("few"));
        MemoryParts parts = new MemoryParts();

        try (PreparedDump dump =
                source(16 * PAGE).prepare(few, DumpSettings.builder().jobs(8).build())) {
            assertThat(dump.jobs()).isEqualTo(3);
            SourceReport report = dump.writeParts(parts, DumpProgress.SILENT);
            assertThat(report.warnings()).singleElement().asString().contains("in 3 sessions instead of 8");
        }
    }

    @Test
    void isOneArchiveIfAllTablesAreSmall() {
        try (PreparedDump dump = PgDumpSource.create()
                .prepare(server.secret("shop"), DumpSettings.builder().jobs(8).build())) {
            assertThat(dump.jobs()).isEqualTo(1);
        }
        try (PreparedDump dump = source(PAGE).prepare(server.secret("shop"), DumpSettings.defaults())) {
            assertThat(dump.jobs()).as("below 1 GiB").isEqualTo(1);
        }
    }

    @Test
    void compareRowsAndBytesAtTheRestore() {
        Dumped dumped = dump("shop", DumpSettings.builder().jobs(3).build(), 16 * PAGE);
        DumpPart first = dumped.manifest().parts().data().get(0);
        DumpPart second = dumped.manifest().parts().data().get(1);
        RestoreOptions create = RestoreOptions.builder().create(true).jobs(2).build();

        byte[] whole = dumped.parts().get(first.name());
        dumped.parts().put(first.name(), java.util.Arrays.copyOf(whole, whole.length - 5));
        assertThatThrownBy(() -> restore(dumped, "cut", create))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_CORRUPT));

        dumped.parts().put(first.name(), dumped.parts().get(second.name()));
        assertThatThrownBy(() -> restore(dumped, "swapped", create))
                .isInstanceOf(AutoDumpException.class)
                .hasMessageContaining("is dropped again");
    }

    private record Dumped(DumpManifest manifest, MemoryParts parts) {}

    private static PgDumpSource source(long leastPart) {
        return PgDumpSource.builder().leastPart(leastPart).build();
    }

    private static Dumped dump(String database, DumpSettings settings, long leastPart) {
        return dump(database, settings, leastPart, DumpProgress.SILENT);
    }

    private static Dumped dump(String database, DumpSettings settings, long leastPart, DumpProgress progress) {
        return dump(database, settings, leastPart, progress, new MemoryParts());
    }

    private static Dumped dump(
            String database, DumpSettings settings, long leastPart, DumpProgress progress, MemoryParts parts) {
        try (PreparedDump dump = source(leastPart).prepare(server.secret(database), settings)) {
            assertThat(dump.jobs()).isEqualTo(settings.jobs().orElseThrow());
            SourceReport report = dump.writeParts(parts, progress);
            return new Dumped(MemoryParts.manifest(report, dump.fileType(), settings), parts);
        }
    }

    private static void restore(Dumped dumped, String database, RestoreOptions options) {
        new PgRestore(PostgresClients.discover())
                .restore(dumped.manifest(), dumped.parts(), server.secret(database), options, DumpProgress.SILENT);
    }

    /** All that a database holds; the order of a table's rows isn't part of it. */
    private static List<String> lines(String database) {
        return stock.schemaAndData(database).lines().sorted().collect(Collectors.toList());
    }

    private static long rows(List<DumpPart> parts, String table) {
        return parts.stream()
                .filter(part -> part.table().orElseThrow().equals(table))
                .mapToLong(DumpPart::rows)
                .sum();
    }

    private static long number(String database, String query) {
        return Long.parseLong(
                new String(stock.output(database, "psql", "-qXAtc", query), StandardCharsets.UTF_8).trim());
    }
}
