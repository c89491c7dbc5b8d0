package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.postgres.TestForm;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.ActingInputStream;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.program.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgRestoreIT {
    private static final Compression ZSTD = Compression.DEFAULT;
    private static final Compression GZIP = Compression.parse("gzip").orElseThrow();
    private static final RestoreOptions CREATE =
            RestoreOptions.builder().create(true).build();
    private static final AtomicInteger TARGETS = new AtomicInteger();

    private static TestPostgres server;
    private static StockPrograms stock;
    private static TestDump archive;
    private static TestDump script;
    private static TestDump raw;
    private static String source;
    private final PgRestore restorer = new PgRestore(StockPrograms.CLIENTS);

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        stock = new StockPrograms(server);
        server.execute("postgres", "CREATE ROLE owner; CREATE ROLE \"Read \"\"er\"");
        server.createDatabase("source");
        server.execute("source", """
            CREATE TABLE items AS SELECT i, pg_catalog.md5(i::text) AS hash FROM generate_series(1, 20000) AS g (i);
            ALTER TABLE items ADD PRIMARY KEY (i), OWNER TO owner;
            GRANT SELECT ON items TO "Read ""er";
            CREATE TABLE "Odd ""table" (i integer REFERENCES items (i), "select" text);
            INSERT INTO "Odd ""table" SELECT i, E'\\\\.' FROM items WHERE i <= 10;
            ALTER TABLE "Odd ""table" ENABLE ROW LEVEL SECURITY;
            CREATE POLICY low ON "Odd ""table" TO "Read ""er" USING (i < 5);
            SELECT lo_from_bytea(0, 'large');
            CREATE MATERIALIZED VIEW few AS SELECT * FROM items WHERE i <= 3;
            """);
        archive = TestDump.of(server, "source", DumpFormat.CUSTOM, ZSTD);
        script = TestDump.of(server, "source", DumpFormat.PLAIN, ZSTD);
        raw = TestDump.of(server, "source", DumpFormat.PLAIN, Compression.NONE);
        source = stock.schemaAndData("source");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The short form has each compression, and each format. */
    static Stream<Arguments> fileTypes() {
        return TestForm.product(List.of(ZSTD, GZIP, Compression.NONE), List.of(DumpFormat.values()));
    }

    @ParameterizedTest
    @MethodSource("fileTypes")
    void givesBackSchemaAndDataWhateverTheFileType(Compression outer, DumpFormat format) {
        TestDump dump = TestDump.of(server, "source", format, outer);
        DatabaseSecret target = newTarget();
        server.createDatabase(target.database());
        AtomicLong bytes = new AtomicLong();
        RestoreReport report =
                restorer.restore(dump.manifest(), dump.open(), target, RestoreOptions.DEFAULTS, new DumpProgress() {
                    @Override
                    public void bytes(long total) {
                        bytes.set(total);
                    }

                    @Override
                    public void table(String name) {}
                });
        assertSameAsSource(target);
        assertThat(report.tables())
                .containsExactly(new TableRows("public", "Odd \"table", 10), new TableRows("public", "items", 20000))
                .isEqualTo(dump.manifest().tables());
        assertThat(bytes).hasValueBetween(dump.stored().length - 64 * 1024L, dump.stored().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b", "-x \"y\" 'z' %41 é", "postgres://h/x", "select"})
    void createsATargetOfAnyName(String name) {
        DatabaseSecret target = server.secret(name);
        restore(archive, target, CREATE);
        assertSameAsSource(target);
    }

    @Test
    void restoresInParallel() {
        DatabaseSecret target = newTarget();
        Set<String> tables = new ConcurrentSkipListSet<>();
        restorer.restore(
                archive.manifest(),
                archive.open(),
                target,
                RestoreOptions.builder().create(true).jobs(4).build(),
                new DumpProgress() {
                    @Override
                    public void bytes(long total) {}

                    @Override
                    public void table(String name) {
                        tables.add(name);
                    }
                });
        assertSameAsSource(target);
        assertThat(tables).containsExactly("public.Odd \"table", "public.items");
    }

    @Test
    void gathersStatisticsForThePlannerIfAsked() throws Exception {
        DatabaseSecret target = newTarget();
        restore(
                archive,
                target,
                RestoreOptions.builder().from(CREATE).analyze(true).build());
        try (var connection = server.connection(target.database());
                var result = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM pg_stats WHERE tablename = 'items'")) {
            result.next();
            assertThat(result.getInt(1)).isEqualTo(2);
        }
    }

    @Test
    void refusesAMissingTargetUnlessItMayCreateIt() {
        DatabaseSecret target = newTarget();
        AutoDumpException refused = failure(() -> restorer.check(archive.manifest(), target, RestoreOptions.DEFAULTS));
        assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_MISSING);
        assertThat(refused.hint().orElseThrow())
                .contains(Hints.CREATE_TARGET)
                .contains("CREATE DATABASE " + target.database());
        restorer.check(archive.manifest(), target, CREATE);
        assertThat(exists(target)).isFalse();
    }

    @Test
    void refusesToCreateForAUserWhoMayNot() {
        server.execute("postgres", "CREATE ROLE humble LOGIN PASSWORD 'humble'");
        DatabaseSecret target = server.secret("humble_target", "humble", Password.of("humble"));
        AutoDumpException refused = failure(() -> restorer.check(archive.manifest(), target, CREATE));
        assertThat(refused.code()).isEqualTo(ErrorCode.PRIVILEGES_MISSING);
        assertThat(refused.hint().orElseThrow()).contains("ALTER ROLE humble CREATEDB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (i integer)",
                "CREATE VIEW v AS SELECT 1 AS i",
                "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
                "CREATE TYPE mood AS ENUM ('ok')",
                "CREATE TYPE shell",
                "CREATE DOMAIN d AS integer",
                "CREATE SEQUENCE s",
                "CREATE SCHEMA other",
                "SELECT lo_create(0)"
            })
    void refusesATargetThatHoldsAnythingAndLeavesItAsItIs(String sql) {
        DatabaseSecret target = newTarget();
        server.createDatabase(target.database());
        server.execute(target.database(), sql);
        String before = stock.schemaAndData(target.database());
        AutoDumpException refused = failure(() -> restore(archive, target, CREATE));
        assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_NOT_EMPTY);
        assertThat(refused).hasMessageContaining("nothing was changed");
        assertThat(stock.schemaAndData(target.database())).isEqualTo(before);
    }

    @Test
    void namesAFewOfTheManyObjectsInTheWay() {
        AutoDumpException refused =
                failure(() -> restorer.check(archive.manifest(), server.secret("source"), RestoreOptions.DEFAULTS));
        assertThat(refused).hasMessageContaining("table public.items").hasMessageContaining("large object");
    }

    @Test
    void takesADatabaseWithExtensionsForEmpty() {
        DatabaseSecret target = newTarget();
        server.createDatabase(target.database());
        server.execute(target.database(), "CREATE EXTENSION hstore; CREATE EXTENSION pg_stat_statements");
        restorer.check(archive.manifest(), target, RestoreOptions.DEFAULTS);
    }

    @Test
    void restoresIntoATargetThatIsNotEmptyWhenToldSo() {
        DatabaseSecret target = newTarget();
        server.createDatabase(target.database());
        server.execute(target.database(), "CREATE TABLE other AS SELECT 1 AS i");
        RestoreReport report = restore(
                archive, target, RestoreOptions.builder().intoNonEmpty(true).build());
        assertThat(report.tables())
                .contains(new TableRows("public", "other", 1), new TableRows("public", "items", 20000));
    }

    @Test
    void namesAllMissingRolesBeforeAnythingIsChanged() {
        TestDump named = archive.with(builder -> builder.addRoles("b \"ob", "al"));
        DatabaseSecret target = newTarget();
        AutoDumpException refused = failure(() -> restore(named, target, CREATE));
        assertThat(refused.code()).isEqualTo(ErrorCode.ROLES_MISSING);
        assertThat(refused).hasMessageContaining("b \"ob, al").hasMessageContaining("nothing was changed");
        assertThat(refused.hint().orElseThrow())
                .contains("CREATE ROLE \"b \"\"ob\"; CREATE ROLE al;")
                .contains(Hints.NO_OWNERS);
        assertThat(exists(target)).isFalse();
    }

    @Test
    void leavesOwnersAndPrivilegesOutWhenToldSo() {
        for (TestDump dump : List.of(archive, script)) {
            DatabaseSecret target = newTarget();
            restore(
                    dump.with(builder -> builder.addRoles("nobody-there")),
                    target,
                    RestoreOptions.builder().create(true).noOwner(true).build());
            assertThat(stock.schemaAndData(target.database()))
                    .contains("ALTER TABLE public.items OWNER TO postgres")
                    .doesNotContain("GRANT ");
        }
    }

    @Test
    void saysWhichRoleIsMissingWhenTheManifestDoesNot() {
        server.execute("postgres", "CREATE ROLE passing");
        server.createDatabase("owned");
        server.execute("owned", "CREATE TABLE t (i integer); ALTER TABLE t OWNER TO passing");
        TestDump dump = TestDump.of(server, "owned", DumpFormat.CUSTOM, ZSTD).with(builder -> builder.roles(List.of()));
        server.dropDatabase("owned");
        server.execute("postgres", "DROP ROLE passing");
        DatabaseSecret target = newTarget();
        AutoDumpException failed = failure(() -> restore(dump, target, CREATE));
        assertThat(failed.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
        assertThat(failed)
                .hasMessageContaining("role \"passing\" does not exist")
                .hasMessageContaining("dropped again");
        assertThat(failed.hint().orElseThrow()).contains("CREATE ROLE passing;");
        assertThat(exists(target)).isFalse();
    }

    @Test
    void refusesAnOlderServer() {
        TestDump newer = archive.with(builder -> builder.serverVersion("99.1"));
        AutoDumpException refused = failure(() -> restorer.check(newer.manifest(), newTarget(), CREATE));
        assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_TOO_OLD);
        assertThat(refused).hasMessageContaining("99.1").hasMessageContaining("nothing was changed");
    }

    /** The short form has each length, and each kind of dump. */
    static Stream<Arguments> partsOfDumps() {
        return TestForm.product(List.of(0, 3, 500, 5_000, 100_000), List.of(archive, raw, script));
    }

    @ParameterizedTest
    @MethodSource("partsOfDumps")
    void neverTakesAPartOfADumpForTheWhole(int length, TestDump dump) {
        DatabaseSecret target = newTarget();
        AutoDumpException failed =
                failure(() -> restore(dump.withBytes(Arrays.copyOf(dump.stored(), length)), target, CREATE));
        assertThat(failed.code()).isIn(ErrorCode.DUMP_CORRUPT, ErrorCode.RESTORE_FAILED);
        assertThat(failed).hasMessageMatching("(?s).*(dropped again|nothing was changed).*");
        assertThat(exists(target)).isFalse();
    }

    @Test
    void saysThatATargetWhichWasThereIsIncompleteNow() {
        DatabaseSecret target = newTarget();
        server.createDatabase(target.database());
        AutoDumpException failed = failure(() ->
                restore(script.withBytes(Arrays.copyOf(script.stored(), 300_000)), target, RestoreOptions.DEFAULTS));
        assertThat(failed.code()).isEqualTo(ErrorCode.DUMP_CORRUPT);
        assertThat(failed).hasMessageContaining("\"" + target.database() + "\"").hasMessageContaining("is incomplete");
        assertThat(failed.hint().orElseThrow()).endsWith("; then " + Hints.START_OVER);
        assertThat(exists(target)).isTrue();
    }

    /** Debian 13 has no client but 17, whose scripts begin with a setting that only servers from 17 on know. */
    @ParameterizedTest
    @EnumSource
    void bringsWhatANewerClientDumpedBackToTheServerItCameFrom(DumpFormat format, @TempDir Path folder)
            throws IOException {
        String setting = "SET transaction_timeout = 0;\n";
        PostgresClient real = StockPrograms.client();
        Script.write(folder.resolve("pg_dump"), "echo 'pg_dump (PostgreSQL) 17.1'");
        Script.write(
                folder.resolve("pg_restore"),
                "'" + real.program("pg_restore") + "' \"$@\" | sed '0,/^SET lock_timeout/s//" + setting.strip()
                        + "\\n&/'");
        Script.write(folder.resolve("psql"), "exec '" + real.program("psql") + "' \"$@\"");
        TestDump dump =
                TestDump.of(server, "source", format, Compression.NONE).with(builder -> builder.clientVersion("17.1"));
        if (format == DumpFormat.PLAIN) {
            dump = dump.withBytes(new String(dump.stored(), StandardCharsets.UTF_8)
                    .replaceFirst("SET lock_timeout", setting + "SET lock_timeout")
                    .getBytes(StandardCharsets.UTF_8));
        }
        PgRestore newer = new PgRestore(PostgresClients.of(List.of(folder)));
        DatabaseSecret target = newTarget();
        newer.restore(dump.manifest(), dump.open(), target, CREATE, DumpProgress.SILENT);
        assertSameAsSource(target);

        TestDump cut = dump.withBytes(Arrays.copyOf(dump.stored(), dump.stored().length / 2));
        AutoDumpException failed =
                failure(() -> newer.restore(cut.manifest(), cut.open(), newTarget(), CREATE, DumpProgress.SILENT));
        assertThat(failed.code()).isEqualTo(ErrorCode.DUMP_CORRUPT);
    }

    @Test
    void tellsAFailureOfTheStoreFromADamagedDump() {
        InputStream stored = ActingInputStream.failing(archive.stored(), 50_000, "the network is gone");
        DatabaseSecret target = newTarget();
        AutoDumpException failed =
                failure(() -> restorer.restore(archive.manifest(), stored, target, CREATE, DumpProgress.SILENT));
        assertThat(failed.code()).isEqualTo(ErrorCode.STORE_FAILED);
        assertThat(failed).hasMessageContaining("the network is gone");
        assertThat(exists(target)).isFalse();
    }

    @Test
    void saysWhatKilledTheProgram() {
        DatabaseSecret target = newTarget();
        InputStream killing = new ActingInputStream(
                archive.stored(),
                100_000,
                () -> ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().command().orElse("").endsWith("pg_restore"))
                        .forEach(ProcessHandle::destroyForcibly));
        AutoDumpException failed =
                failure(() -> restorer.restore(archive.manifest(), killing, target, CREATE, DumpProgress.SILENT));
        assertThat(failed.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
        assertThat(failed).hasMessageContaining("signal 9").hasMessageContaining("dropped again");
        assertThat(exists(target)).isFalse();
    }

    @Test
    void stopsAtTheFirstErrorAndShowsIt() {
        DatabaseSecret target = newTarget();
        server.createDatabase(target.database());
        server.execute(target.database(), "CREATE TABLE items (i integer)");
        AutoDumpException failed = failure(() -> restore(
                script, target, RestoreOptions.builder().intoNonEmpty(true).build()));
        assertThat(failed.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
        assertThat(failed).hasMessageContaining("psql").hasMessageContaining("relation \"items\" already exists");
        assertThat(failed.hint().orElseThrow()).contains("empty database");
        assertThat(failed.report()).doesNotContain(server.password().reveal());
    }

    /** What the source has and no restore takes is named with its remedy at the source. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE zlookup AS SELECT 1 AS v;"
                        + " CREATE FUNCTION ok(int) RETURNS bool STABLE LANGUAGE plpgsql AS"
                        + " 'BEGIN RETURN EXISTS (SELECT FROM zlookup WHERE v = $1); END';"
                        + " CREATE TABLE a (v int CHECK (ok(v))); INSERT INTO a VALUES (1)"
                        + "| function public.ok",
                "CREATE TABLE zlookup AS SELECT 1 AS v;"
                        + " CREATE FUNCTION ok(int) RETURNS bool STABLE LANGUAGE sql AS"
                        + " 'SELECT EXISTS (SELECT FROM public.zlookup WHERE v = $1)';"
                        + " CREATE TABLE a (v int CHECK (ok(v))); INSERT INTO a VALUES (1)"
                        + "| check constraint a_v_check of a refuses rows",
                "CREATE TABLE base AS SELECT 1 AS v;"
                        + " CREATE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM base';"
                        + " CREATE MATERIALIZED VIEW m AS SELECT total() AS t"
                        + "| function total",
                "CREATE FUNCTION inner_one(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1'; CREATE FUNCTION"
                        + " outer_one(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT inner_one($1)'; CREATE TABLE t AS"
                        + " SELECT 1 AS v; CREATE INDEX i ON t (outer_one(v))| function outer_one",
                "CREATE TABLE t (v int); CREATE UNIQUE INDEX u ON t (v); UPDATE pg_index SET indisready = false,"
                        + " indisvalid = false WHERE indexrelid = 'u'::regclass; INSERT INTO t VALUES (1), (1); UPDATE"
                        + " pg_index SET indisready = true, indisvalid = true WHERE indexrelid = 'u'::regclass| unique"
                        + " index u forbids",
            })
    void namesWhatIsWrongAtTheSource(String sql, String hint) {
        server.createDatabase("faulty");
        try {
            server.execute("faulty", sql);
            TestDump dump = TestDump.of(server, "faulty", DumpFormat.CUSTOM, ZSTD);

            AutoDumpException failure = failure(() -> restore(dump, newTarget(), CREATE));

            assertThat(failure.hint().orElseThrow()).as(failure.getMessage()).contains(hint);
        } finally {
            server.dropDatabase("faulty");
        }
    }

    /** Such settings are for the applications of a role, and stop every restore by that role. */
    @ParameterizedTest
    @EnumSource(DumpFormat.class)
    void settingsOfARoleDoNotReachTheSessionsOfARestore(DumpFormat format) {
        server.execute("postgres", """
            CREATE ROLE hampered SUPERUSER LOGIN PASSWORD 'x';
            ALTER ROLE hampered SET default_transaction_read_only = on;
            ALTER ROLE hampered SET search_path = 'nope';
            ALTER ROLE hampered SET statement_timeout = '50ms'\
            """);
        DatabaseSecret target = server.secret("hampered " + format, "hampered", Password.of("x"));

        RestoreReport report = restore(format == DumpFormat.CUSTOM ? archive : script, target, CREATE);

        assertThat(report.tables()).isEqualTo(archive.manifest().tables());
        server.execute("postgres", "DROP DATABASE \"hampered " + format + "\"");
        server.execute("postgres", "DROP ROLE hampered");
    }

    private RestoreReport restore(TestDump dump, DatabaseSecret target, RestoreOptions options) {
        return restorer.restore(dump.manifest(), dump.open(), target, options, DumpProgress.SILENT);
    }

    private static void assertSameAsSource(DatabaseSecret target) {
        assertThat(stock.schemaAndData(target.database())).isEqualTo(source);
    }

    private static AutoDumpException failure(ThrowingCallable action) {
        AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, action);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    private static DatabaseSecret newTarget() {
        return server.secret("target_" + TARGETS.incrementAndGet());
    }

    private static boolean exists(DatabaseSecret target) {
        return new RestoreTarget(target).connect().isPresent();
    }
}
