package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.postgres.server.DatabasePropertiesQuery;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What belongs to a database itself comes back with {@code --create}. */
class DatabaseItselfIT {
    private static final RestoreOptions CREATE =
            RestoreOptions.builder().create(true).build();
    private static final RestoreOptions CLEAN =
            RestoreOptions.builder().clean(true).build();
    private static final AtomicInteger TARGETS = new AtomicInteger();

    private static TestPostgres server;
    private final PgRestore restorer = new PgRestore(StockPrograms.CLIENTS);

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.execute("postgres", "CREATE ROLE autodump; CREATE ROLE r");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void settingsCommentPrivilegesAndConnectionLimitComeBack() {
        server.createDatabase("settings");
        server.execute("settings", """
                ALTER DATABASE settings SET search_path = 'app,public';
                ALTER DATABASE settings SET DateStyle = 'ISO, DMY';
                ALTER DATABASE settings SET app.tenant = E'it''s \\\\ here';
                ALTER ROLE autodump IN DATABASE settings SET work_mem = '7MB';
                ALTER ROLE autodump IN DATABASE settings SET search_path = "$user", app, "Odd ""name";
                COMMENT ON DATABASE settings IS 'it''s the \\ shop';
                REVOKE CONNECT ON DATABASE settings FROM PUBLIC;
                GRANT CONNECT ON DATABASE settings TO r WITH GRANT OPTION;
                ALTER DATABASE settings CONNECTION LIMIT 7;
                """);

        DatabaseSecret target = newTarget();
        RestoreReport report = restore(dump("settings"), target, CREATE);

        assertThat(report.warnings()).isEmpty();
        assertThat(properties(target.database())).isEqualTo(properties("settings"));
        assertThat(properties(target.database()).settings()).hasSize(5);
        assertThat(properties(target.database()).connectionLimit()).isEqualTo(7);
    }

    @Test
    void aRoleThatTheTargetLacksIsNamedAndFailsNothing() {
        server.execute("postgres", "CREATE ROLE gone");
        server.createDatabase("lacking");
        server.execute("lacking", "ALTER ROLE gone IN DATABASE lacking SET work_mem = '7MB'");
        TestDump dump = dump("lacking");
        server.execute("postgres", "ALTER ROLE gone IN DATABASE lacking RESET ALL; DROP ROLE gone");

        RestoreReport report = restore(dump, newTarget(), CREATE);

        assertThat(report.warnings()).singleElement().asString().contains("\"gone\"", "work_mem");
    }

    @Test
    void theEncodingComesBackByteForByte() throws SQLException {
        server.createDatabase("ascii", "SQL_ASCII");
        server.execute("ascii", "CREATE TABLE t (v text)");
        server.execute("ascii", "INSERT INTO t VALUES (convert_from('\\xe9'::bytea, 'SQL_ASCII'))");

        DatabaseSecret target = newTarget();
        restore(dump("ascii"), target, CREATE);

        assertThat(properties(target.database())).isEqualTo(properties("ascii"));
        assertThat(query(target.database(), "SELECT encode(convert_to(v, 'SQL_ASCII'), 'hex') FROM t"))
                .isEqualTo("e9");
    }

    /** The driver reads names as UTF-8, and {@code pg_dump} copies their bytes. */
    @Test
    void saysWhyTheRowsOfATableWhoseNameIsNotUtf8CannotBeCounted() {
        server.createDatabase("any bytes", "SQL_ASCII");
        server.execute("any bytes", "CREATE TABLE t AS SELECT 7 AS i");
        TestDump dump = dump("any bytes");
        server.execute("any bytes", """
                DROP TABLE t;
                DO $$ BEGIN
                    EXECUTE 'CREATE TABLE ' || quote_ident('caf' || convert_from('\\xe9', 'SQL_ASCII')) || ' ()';
                END $$""");
        RestoreOptions counting =
                RestoreOptions.builder().intoNonEmpty(true).countRows(true).build();

        AutoDumpException failure = catchThrowableOfType(
                AutoDumpException.class, () -> restore(dump, server.secret("any bytes"), counting));

        assertThat(failure.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
        assertThat(failure).hasMessageContaining("restored to its end").hasMessageContaining("0xe9");
        assertThat(failure.hint().orElseThrow()).contains("isn't valid UTF-8", "rename it");
    }

    @Test
    void theLocaleProviderComesBack() {
        server.execute("postgres", "CREATE DATABASE icu LOCALE_PROVIDER icu ICU_LOCALE 'en-US' TEMPLATE template0");
        server.execute("icu", """
                CREATE TABLE p (k text) PARTITION BY RANGE (k);
                CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('a') TO ('n');
                INSERT INTO p VALUES ('Bob');
                """);

        DatabaseSecret target = newTarget();
        restore(dump("icu"), target, CREATE);

        assertThat(properties(target.database())).isEqualTo(properties("icu"));
        assertThat(query(target.database(), "SELECT k FROM p1")).isEqualTo("Bob");
    }

    @Test
    void anExistingDatabaseOfAnotherEncodingIsRefusedUnlessAllowed() {
        server.createDatabase("utf8");
        server.execute("utf8", "CREATE TABLE t AS SELECT 1 AS i");
        TestDump dump = dump("utf8");
        server.createDatabase("latin", "LATIN1");
        DatabaseSecret latin = server.secret("latin");

        AutoDumpException refused =
                catchThrowableOfType(AutoDumpException.class, () -> restore(dump, latin, RestoreOptions.DEFAULTS));

        assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_LOCALE_DIFFERS);
        assertThat(refused).hasMessageContainingAll("UTF8", "LATIN1", "nothing was changed");
        restore(dump, latin, RestoreOptions.builder().intoDifferentLocale(true).build());
        assertThat(query("latin", "SELECT i FROM t")).isEqualTo("1");
    }

    @Test
    void aLocaleThatTheTargetLacksIsNamedAndCanBeOverridden() {
        server.createDatabase("nowhere");
        TestDump dump = dump("nowhere")
                .with(manifest -> manifest.databaseProperties(DatabaseProperties.builder()
                        .encoding("UTF8")
                        .localeProvider(properties("nowhere").localeProvider())
                        .collate("xx_XX.UTF-8")
                        .ctype("xx_XX.UTF-8")
                        .build()));
        DatabaseSecret target = newTarget();

        AutoDumpException refused = catchThrowableOfType(AutoDumpException.class, () -> restore(dump, target, CREATE));

        assertThat(refused).hasMessageContainingAll("xx_XX.UTF-8", "nothing was changed");
        assertThat(refused.hint().orElseThrow()).contains(Hints.OTHER_LOCALE);
        restore(
                dump,
                target,
                RestoreOptions.builder().create(true).locale(Optional.of("C")).build());
        assertThat(properties(target.database()).collate()).isEqualTo("C");
    }

    @Test
    void cleanReplacesADatabaseThatIsATemplate() {
        server.createDatabase("fresh");
        server.execute("fresh", "CREATE TABLE t AS SELECT 1 AS i");
        DatabaseSecret target = newTarget();
        server.execute("postgres", "CREATE DATABASE " + target.database() + " IS_TEMPLATE true");
        server.execute(target.database(), "CREATE TABLE old (i integer)");

        restore(dump("fresh"), target, CLEAN);

        assertThat(query(target.database(), "SELECT i FROM t")).isEqualTo("1");
        assertThat(query(target.database(), "SELECT to_regclass('old') IS NULL"))
                .isEqualTo("t");
        assertThat(query("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'autodump_trial%'"))
                .isEqualTo("0");
    }

    /** The locale can't be looked at beforehand, because the encoding isn't that of any database on the server. */
    @Test
    void cleanKeepsTheDatabaseIfTheServerCannotMakeTheNewOne() {
        server.createDatabase("elsewhere");
        TestDump dump = dump("elsewhere")
                .with(manifest -> manifest.databaseProperties(DatabaseProperties.builder()
                        .encoding("LATIN1")
                        .localeProvider(properties("elsewhere").localeProvider())
                        .collate("xx_XX.ISO-8859-1")
                        .ctype("xx_XX.ISO-8859-1")
                        .build()));
        DatabaseSecret target = newTarget();
        server.createDatabase(target.database());
        server.execute(target.database(), "CREATE TABLE precious AS SELECT 1 AS i");

        AutoDumpException refused = catchThrowableOfType(AutoDumpException.class, () -> restore(dump, target, CLEAN));

        assertThat(refused).hasMessageContainingAll(target.database(), "xx_XX", "nothing was changed");
        assertThat(query(target.database(), "SELECT i FROM precious")).isEqualTo("1");
    }

    @Test
    void aLookNamesTheLocaleThatTheTargetLacks() {
        server.createDatabase("unseen");
        TestDump dump = dump("unseen");
        RestoreOptions options = RestoreOptions.builder()
                .create(true)
                .locale(Optional.of("xx_XX.UTF-8"))
                .build();

        RestorePlan plan = restorer.plan(dump.manifest(), dump.open(), newTarget(), options);

        assertThat(plan.obstacles()).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.toString()).startsWith("locale xx_XX.UTF-8: ");
            assertThat(obstacle.remedy()).contains(Hints.OTHER_LOCALE).contains("the server has these: C");
        });
    }

    @ParameterizedTest
    @EnumSource(DumpFormat.class)
    void aDumpOfChosenSchemasRestores(DumpFormat format) {
        server.execute("postgres", "DROP DATABASE IF EXISTS chosen");
        server.createDatabase("chosen");
        server.execute("chosen", """
                CREATE SCHEMA app; CREATE TABLE app.a AS SELECT 1 AS i;
                CREATE TABLE public.b AS SELECT 2 AS i;
                COMMENT ON SCHEMA public IS 'ours'; GRANT USAGE ON SCHEMA public TO r;
                """);
        TestDump dump = TestDump.of(server, "chosen", format, Compression.NONE, "--schema=public")
                .with(manifest -> manifest.settings(DumpSettings.builder()
                                .format(format)
                                .addSchemas("public")
                                .build())
                        .tables(java.util.List.of()));
        DatabaseSecret target = newTarget();

        restore(dump, target, CREATE);

        assertThat(query(target.database(), "SELECT i FROM public.b")).isEqualTo("2");
        assertThat(query(target.database(), "SELECT obj_description('public'::regnamespace)"))
                .isEqualTo("ours");
        assertThat(query(target.database(), "SELECT has_schema_privilege('r', 'public', 'USAGE')"))
                .isEqualTo("t");
    }

    private static TestDump dump(String database) {
        return TestDump.of(server, database, DumpFormat.CUSTOM, Compression.NONE);
    }

    private static DatabaseSecret newTarget() {
        return server.secret("target_" + TARGETS.incrementAndGet());
    }

    private RestoreReport restore(TestDump dump, DatabaseSecret target, RestoreOptions options) {
        return restorer.restore(dump.manifest(), dump.open(), target, options, DumpProgress.SILENT);
    }

    private static DatabaseProperties properties(String database) {
        try (Connection connection = server.connection(database)) {
            return DatabasePropertiesQuery.run(connection);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private static String query(String database, String sql) {
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
