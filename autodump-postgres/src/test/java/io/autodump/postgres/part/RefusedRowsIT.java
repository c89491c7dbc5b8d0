package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.restore.StoredParts;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.postgres.restore.PgRestore;
import io.autodump.testkit.postgres.TestPostgres;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores of dumps in parts whose constraints read other tables. A restore of one file has these in time. */
@Timeout(120)
final class RefusedRowsIT {
    private static final long PAGE = 8192;

    private static TestPostgres server;
    private static StockPrograms stock;

    private final Queue<String> opened = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        stock = new StockPrograms(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void drop() {
        server.dropDatabase("copy");
        server.dropDatabase("source");
    }

    @ParameterizedTest
    @CsvSource({"1, 3000, 9000", "2, 3000, 9000", "1, 9000, 3000", "2, 9000, 3000", "4, 3000, 9000"})
    void aCheckReadsAnotherTableThatIsInPartsToo(int jobs, int known, int orders) {
        Dumped dumped = dump("""
                CREATE TABLE a_known AS SELECT i AS id, md5(i::text) AS text FROM generate_series(1, %d) i;
                CREATE FUNCTION is_known(wanted integer) RETURNS boolean LANGUAGE plpgsql AS $$
                    BEGIN
                        PERFORM FROM public.a_known WHERE id = wanted LIMIT 1;
                        IF NOT FOUND THEN RAISE 'nobody knows %%', wanted; END IF;
                        RETURN true;
                    END $$;
                CREATE DOMAIN known AS integer CHECK (public.is_known(value));
                CREATE TABLE z_orders (id integer CHECK (public.is_known(id)), same known, text text);
                INSERT INTO z_orders SELECT 7, CASE i WHEN 5 THEN 3000 ELSE 7 END, md5(i::text)
                    FROM generate_series(1, %d) i;
                """.formatted(known, orders));
        assertThat(tables(dumped)).contains("\"public\".\"a_known\"", "\"public\".\"z_orders\"");

        assertRestores(dumped, jobs);
    }

    /** Three tables in parts, and one in the archive between them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void eachTableNeedsTheOneBefore(int jobs) {
        Dumped dumped = dump("""
                CREATE TABLE a AS SELECT i AS id, md5(i::text) AS text FROM generate_series(1, 2000) i;
                CREATE FUNCTION in_a() RETURNS boolean LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM public.a)';
                CREATE TABLE b (id integer CHECK (public.in_a()));
                INSERT INTO b VALUES (1), (2);
                CREATE FUNCTION in_b() RETURNS integer LANGUAGE sql AS 'SELECT (10 / count(*))::integer FROM public.b';
                CREATE TABLE c (id integer, of_b integer GENERATED ALWAYS AS (id) STORED, text text
                                CHECK (public.in_b() > 0));
                INSERT INTO c (id, text) SELECT i, md5(i::text) FROM generate_series(1, 6000) i;
                CREATE FUNCTION in_c() RETURNS boolean LANGUAGE sql AS 'SELECT count(*) = 6000 FROM public.c';
                CREATE TABLE d (id integer CHECK (id % 1000 > 0 OR public.in_c()), text text);
                INSERT INTO d SELECT i, md5(i::text) FROM generate_series(1, 9000) i;
                CREATE TABLE e AS SELECT 1 AS one;
                """);
        assertThat(tables(dumped))
                .contains("\"public\".\"a\"", "\"public\".\"c\"", "\"public\".\"d\"")
                .doesNotContain("\"public\".\"b\"", "\"public\".\"e\"");

        assertRestores(dumped, jobs);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anyErrorOfAFunctionIsTriedAgain(int jobs) {
        Dumped dumped = dump("""
                CREATE TABLE a_small AS SELECT 1 AS one;
                CREATE FUNCTION share() RETURNS bigint LANGUAGE sql AS 'SELECT 10 / count(*) FROM public.a_small';
                CREATE TABLE z_big (id integer CHECK (public.share() > 0), text text);
                INSERT INTO z_big SELECT i, md5(i::text) FROM generate_series(1, 9000) i;
                CREATE TABLE z_other AS SELECT i AS id, md5(i::text) FROM generate_series(1, 3000) i;
                """);
        assertThat(tables(dumped)).contains("\"public\".\"z_big\"").doesNotContain("\"public\".\"a_small\"");

        assertRestores(dumped, jobs);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void rowsOfTheArchiveMayNeedThoseOfAPart(int jobs) {
        Dumped dumped = dump("""
                CREATE TABLE a_big AS SELECT i AS id, md5(i::text) AS text FROM generate_series(1, 9000) i;
                CREATE TABLE b_first AS SELECT 1 AS one;
                CREATE FUNCTION is_known(wanted integer) RETURNS boolean LANGUAGE sql
                    AS 'SELECT EXISTS (SELECT FROM public.a_big WHERE id = wanted)';
                CREATE TABLE c_small (id integer CHECK (public.is_known(id)));
                INSERT INTO c_small VALUES (1), (9000);
                CREATE TABLE d_last (id serial);
                INSERT INTO d_last DEFAULT VALUES;
                SELECT lo_from_bytea(4711, 'large');
                """);
        assertThat(tables(dumped)).containsOnly("\"public\".\"a_big\"");

        assertRestores(dumped, jobs);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aRowThatIsRefusedForGoodFailsSoonAndWithItsReason(int jobs) {
        Dumped dumped = dump("""
                CREATE FUNCTION is_good(id integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
                CREATE TABLE a_big (id integer CHECK (public.is_good(id)), text text);
                INSERT INTO a_big SELECT i, md5(i::text) FROM generate_series(1, 9000) i;
                CREATE TABLE z_big AS SELECT i AS id, md5(i::text) AS text FROM generate_series(1, 9000) i;
                CREATE OR REPLACE FUNCTION is_good(id integer) RETURNS boolean LANGUAGE sql AS 'SELECT id <> 20';
                """);

        AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, () -> restore(dumped, jobs));

        assertThat(failure.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
        assertThat(failure.description()).contains("violates check constraint \"a_big_id_check\"", "is dropped again");
        assertThat(failure.hint().orElseThrow()).contains("calls a function that reads another table");
        assertThat(opened.stream()
                        .filter(name -> name.startsWith("data/"))
                        .collect(Collectors.groupingBy(name -> name, Collectors.counting()))
                        .values())
                .allMatch(times -> times <= 4);
    }

    @Test
    void aRowOfTheArchiveThatIsRefusedForGoodFailsWithItsReason() {
        Dumped dumped = dump("""
                CREATE FUNCTION is_good(id integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
                CREATE TABLE a_small (id integer CHECK (public.is_good(id)));
                INSERT INTO a_small VALUES (20);
                CREATE TABLE z_big AS SELECT i AS id, md5(i::text) AS text FROM generate_series(1, 9000) i;
                CREATE OR REPLACE FUNCTION is_good(id integer) RETURNS boolean LANGUAGE sql AS 'SELECT id <> 20';
                """);

        AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, () -> restore(dumped, 2));

        assertThat(failure.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
        assertThat(failure.description()).contains("violates check constraint \"a_small_id_check\"");
        assertThat(failure.hint().orElseThrow()).contains("calls a function that reads another table");
        assertThat(opened.stream().filter(name -> name.startsWith("archive"))).hasSizeLessThanOrEqualTo(4);
    }

    private record Dumped(DumpManifest manifest, MemoryParts parts) {}

    /** Makes the source by these statements, and a dump of it. */
    private static Dumped dump(String sql) {
        server.createDatabase("source");
        server.execute("source", sql);
        MemoryParts parts = new MemoryParts();
        PgDumpSource source = PgDumpSource.builder()
                .clients(StockPrograms.CLIENTS)
                .leastPart(8 * PAGE)
                .build();
        DumpSettings settings = DumpSettings.builder().jobs(2).build();
        try (PreparedDump dump = source.prepare(server.secret("source"), settings)) {
            return new Dumped(
                    MemoryParts.manifest(dump.writeParts(parts, DumpProgress.SILENT), dump.fileType(), settings),
                    parts);
        }
    }

    private static List<String> tables(Dumped dumped) {
        return dumped.manifest().parts().data().stream()
                .map(part -> part.table().orElseThrow())
                .toList();
    }

    private void restore(Dumped dumped, int jobs) {
        StoredParts stored = name -> {
            opened.add(name);
            return dumped.parts().open(name);
        };
        RestoreOptions options =
                RestoreOptions.builder().create(true).jobs(jobs).build();
        new PgRestore(StockPrograms.CLIENTS)
                .restore(dumped.manifest(), stored, server.secret("copy"), options, DumpProgress.SILENT);
    }

    private void assertRestores(Dumped dumped, int jobs) {
        restore(dumped, jobs);

        assertThat(lines("copy")).isEqualTo(lines("source"));
    }

    /** All that a database holds; the order of a table's rows isn't part of it. */
    private static List<String> lines(String database) {
        return stock.schemaAndData(database).lines().sorted().toList();
    }
}
