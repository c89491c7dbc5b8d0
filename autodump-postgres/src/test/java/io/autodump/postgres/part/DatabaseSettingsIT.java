package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.DatabaseSetting;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.postgres.restore.PgRestore;
import io.autodump.postgres.restore.ScratchRestoreCheck;
import io.autodump.postgres.server.DatabasePropertiesQuery;
import io.autodump.testkit.postgres.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every session that restores rows has the settings of the dumped database, as those of {@code pg_restore -C} have. */
final class DatabaseSettingsIT {
    private static final long PAGE = 8192;
    private static final String SOURCE = "source";
    private static final String TARGET = "target";

    private static TestPostgres server;
    private static StockPrograms stock;
    private final PgRestore restorer = new PgRestore(StockPrograms.CLIENTS);

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
        server.dropDatabase(SOURCE);
        server.dropDatabase(TARGET);
    }

    private static ScratchRestoreCheck check() {
        return new ScratchRestoreCheck(StockPrograms.CLIENTS, server.secret("postgres"));
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 3", "true, 1", "true, 3"})
    void constraintsReadParametersOfTheApplication(boolean parts, int jobs) {
        createSource("ALTER DATABASE source SET app.tenant = '42'", """
                CREATE TABLE orders (id integer, tenant integer CHECK (tenant = current_setting('app.tenant')::integer));
                INSERT INTO orders SELECT i, 42 FROM generate_series(1, 9000) i;
                """);

        assertThat(restore(parts, jobs).warnings()).isEmpty();

        assertSame("orders");
    }

    /** The day begins in Tokyo, which the driver of the part loaders doesn't know by itself. */
    @ParameterizedTest
    @CsvSource({"false, 1", "false, 3", "true, 1", "true, 3"})
    void settingsDecideWhichValuesCanBeRead(boolean parts, int jobs) {
        createSource(
                "ALTER DATABASE source SET timezone = 'Asia/Tokyo'; ALTER DATABASE source SET datestyle = 'German'",
                """
                CREATE DOMAIN midnight AS timestamptz CHECK (value::time = '00:00');
                CREATE TABLE days (day midnight, text text CHECK (text::date = day::date));
                INSERT INTO days SELECT day, to_char(day, 'DD/MM/YYYY')
                  FROM generate_series('2001-01-01 00:00'::timestamptz, '2020-01-01', '1 day') day;
                """);

        assertThat(restore(parts, jobs).warnings()).isEmpty();

        assertSame("days");
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 3", "true, 1", "true, 3"})
    void materializedViewsHoldWhatTheyHeld(boolean parts, int jobs) {
        createSource("""
                ALTER DATABASE source SET timezone = 'Asia/Tokyo';
                ALTER DATABASE source SET datestyle = 'German';
                ALTER DATABASE source SET default_text_search_config = 'pg_catalog.german';
                ALTER ROLE postgres IN DATABASE source SET extra_float_digits = -5;
                """, """
                CREATE TABLE events (id integer, at timestamptz, text text, real double precision);
                INSERT INTO events SELECT i, '2026-01-01'::timestamptz + i * interval '1 hour', 'die Häuser ' || i, i / 3.0
                  FROM generate_series(1, 9000) i;
                CREATE MATERIALIZED VIEW seen AS SELECT id, at::text AS moment, to_tsvector(text) AS words,
                    date_trunc('day', at)::date AS day, real::text FROM events;
                """);

        assertThat(restore(parts, jobs).warnings()).isEmpty();

        assertSame("seen");
    }

    /** With {@code array_nulls} off, the server would take the nulls of the dump for words. */
    @ParameterizedTest
    @CsvSource({"false, 1", "false, 3", "true, 1", "true, 3"})
    void settingsThatWouldGetInTheWayComeLast(boolean parts, int jobs) {
        createSource("""
                ALTER DATABASE source SET array_nulls = off;
                ALTER DATABASE source SET idle_in_transaction_session_timeout = '1ms';
                ALTER DATABASE source SET default_transaction_read_only = on;
                ALTER DATABASE source SET default_transaction_isolation = 'serializable';
                ALTER DATABASE source SET app.http_timeout = '5';
                """, """
                SET default_transaction_read_only = off;
                CREATE TABLE lists (id integer, items text[], CHECK (current_setting('app.http_timeout') = '5'));
                INSERT INTO lists SELECT i, ARRAY['a', NULL] FROM generate_series(1, 9000) i;
                CREATE INDEX ON lists (id);
                """);

        assertThat(restore(parts, jobs).warnings()).isEmpty();

        assertSame("lists");
    }

    @ParameterizedTest
    @EnumSource
    void theRestoreCheckHasThem(DumpFormat format) {
        createSource(
                "ALTER DATABASE source SET app.tenant = '42'",
                "CREATE TABLE t (i integer CHECK (i = current_setting('app.tenant')::integer)); INSERT INTO t VALUES (42)");
        TestDump dump = TestDump.of(server, SOURCE, format, Compression.NONE);

        check().prove(dump.manifest(), dump.open());
    }

    @Test
    void aSettingThatTheTargetRefusesIsNamedIfTheRestoreFails() {
        createSource(
                "ALTER DATABASE source SET app.tenant = '42'",
                "CREATE TABLE t (i integer CHECK (i = current_setting('app.tenant')::integer)); INSERT INTO t VALUES (42)");
        DatabaseProperties others = DatabaseProperties.builder()
                .from(properties(SOURCE))
                .settings(List.of(new DatabaseSetting(Optional.empty(), "lc_monetary", "xx_XX")))
                .build();
        TestDump dump = TestDump.of(server, SOURCE, DumpFormat.CUSTOM, Compression.NONE)
                .with(manifest -> manifest.databaseProperties(others));

        AutoDumpException failed = catchThrowableOfType(
                AutoDumpException.class,
                () -> restorer.restore(
                        dump.manifest(), dump.open(), server.secret(TARGET), create(1), DumpProgress.SILENT));
        AutoDumpException unproven =
                catchThrowableOfType(AutoDumpException.class, () -> check().prove(dump.manifest(), dump.open()));

        assertThat(List.of(failed, unproven)).allSatisfy(failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
            assertThat(failure).hasMessageContainingAll("app.tenant", "SET \"lc_monetary\" TO 'xx_XX'");
            assertThat(failure.hint().orElseThrow()).contains("ALTER ROLE postgres SET app.tenant = ");
        });
        assertThat(failed).hasMessageContaining("is dropped again");
    }

    private static void createSource(String settings, String contents) {
        server.createDatabase(SOURCE);
        server.execute("postgres", settings);
        stock.runScript(SOURCE, contents.getBytes(StandardCharsets.UTF_8));
    }

    /** Restores a dump of one file, or one of several parts. */
    private RestoreReport restore(boolean parts, int jobs) {
        if (!parts) {
            TestDump dump = TestDump.of(server, SOURCE, DumpFormat.CUSTOM, Compression.NONE);
            return restorer.restore(
                    dump.manifest(), dump.open(), server.secret(TARGET), create(jobs), DumpProgress.SILENT);
        }
        MemoryParts stored = new MemoryParts();
        DumpSettings settings = DumpSettings.builder().jobs(3).build();
        PgDumpSource source = PgDumpSource.builder().leastPart(PAGE).build();
        try (PreparedDump dump = source.prepare(server.secret(SOURCE), settings)) {
            DumpManifest manifest =
                    MemoryParts.manifest(dump.writeParts(stored, DumpProgress.SILENT), dump.fileType(), settings);
            assertThat(manifest.parts().data()).isNotEmpty();
            check().prove(manifest, stored);
            return restorer.restore(manifest, stored, server.secret(TARGET), create(jobs), DumpProgress.SILENT);
        }
    }

    private static RestoreOptions create(int jobs) {
        return RestoreOptions.builder().create(true).jobs(jobs).build();
    }

    private static void assertSame(String relation) {
        assertThat(rows(TARGET, relation)).hasSizeGreaterThan(1000).isEqualTo(rows(SOURCE, relation));
        assertThat(properties(TARGET).settings())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(properties(SOURCE).settings());
    }

    private static List<String> rows(String database, String relation) {
        byte[] rows = stock.output(database, "psql", "-qXAtc", "TABLE " + relation);
        return new String(rows, StandardCharsets.UTF_8).lines().sorted().toList();
    }

    private static DatabaseProperties properties(String database) {
        try (Connection connection = server.connection(database)) {
            return DatabasePropertiesQuery.run(connection);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
