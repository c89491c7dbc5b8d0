package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScratchRestoreCheckIT {
    private static TestPostgres source;
    private static TestPostgres scratch;
    private static ScratchRestoreCheck check;

    @BeforeAll
    static void start() {
        source = TestPostgres.start();
        scratch = TestPostgres.start();
        check = new ScratchRestoreCheck(StockPrograms.CLIENTS, scratch.secret("postgres"));
        source.createDatabase("shop");
        source.execute("shop", """
                CREATE ROLE "Shop ""owner" ;
                CREATE ROLE reader;
                CREATE TABLE orders AS SELECT i FROM generate_series(1, 1000) AS g (i);
                CREATE TABLE "Odd ""table" AS SELECT 1 AS i;
                ALTER TABLE orders OWNER TO "Shop ""owner" ;
                GRANT SELECT ON orders TO reader;
                CREATE POLICY low ON orders TO reader USING (i < 5);
                CREATE MATERIALIZED VIEW stale AS SELECT * FROM orders;
                INSERT INTO orders VALUES (0);
                """);
        scratch.execute("postgres", "CREATE ROLE reader");
    }

    @AfterAll
    static void stop() {
        source.close();
        scratch.close();
    }

    @AfterEach
    void leavesNothingBehind() throws SQLException {
        assertThat(names("SELECT datname FROM pg_database WHERE datname LIKE 'autodump%'"))
                .isEmpty();
        assertThat(names("SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'"))
                .contains("postgres", "reader")
                .doesNotContain("Shop \"owner");
    }

    @ParameterizedTest
    @EnumSource
    void provesADumpWhoseRolesTheServerLacks(DumpFormat format) {
        check.checkReady(source.secret("shop"));
        TestDump dump = TestDump.of(source, "shop", format, Compression.DEFAULT);
        assertThat(dump.manifest().roles()).contains("Shop \"owner", "reader");
        assertThat(dump.manifest().tables()).contains(new TableRows("public", "orders", 1001));

        check.prove(dump.manifest(), dump.open());

        // The same dump is refused by one row, so that it was indeed restored and counted.
        AutoDumpException failed =
                failure(dump.with(builder -> builder.tables(List.of(new TableRows("public", "orders", 1002)))));
        assertThat(failed.code()).isEqualTo(ErrorCode.RESTORE_DIFFERS);
    }

    @Test
    void leavesOutWhatItsUserCannotCreateAndSaysSo() {
        source.createDatabase("seen");
        source.execute("seen", """
                CREATE FUNCTION et() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
                CREATE EVENT TRIGGER seen ON ddl_command_end EXECUTE FUNCTION et();
                CREATE PUBLICATION every FOR ALL TABLES;
                CREATE TYPE span AS RANGE (subtype = float8);
                CREATE TABLE t AS SELECT 1 AS i;
                """);
        DatabaseSecret database = source.secret("seen");
        ScratchRestoreCheck limited = limited();
        TestDump dump = TestDump.of(source, "seen", DumpFormat.CUSTOM, Compression.DEFAULT);
        DumpSettings plain = DumpSettings.builder().format(DumpFormat.PLAIN).build();

        assertThat(check.limits(database, DumpSettings.defaults())).isEmpty();
        assertThat(limited.limits(database, DumpSettings.defaults()))
                .containsExactly(
                        "the restore check leaves out event trigger seen: a superuser alone can create it on the"
                                + " scratch server",
                        "the restore check leaves out publication every: a superuser alone can create it on the"
                                + " scratch server");
        limited.prove(dump.manifest(), dump.open());
        assertThat(failure(limited, dump.with(builder -> builder.tables(List.of(new TableRows("public", "t", 2)))))
                        .code())
                .isEqualTo(ErrorCode.RESTORE_DIFFERS);
        assertThatThrownBy(() -> limited.checkReady(database, plain)).hasMessageContaining("event trigger seen");
    }

    @Test
    void findsBeforeADumpWhatItsUserCannotRestore() {
        source.createDatabase("base");
        source.execute(
                "base",
                "CREATE FUNCTION c() RETURNS int LANGUAGE internal AS 'pg_backend_pid';"
                        + " CREATE TABLE t (i int DEFAULT c())");
        DatabaseSecret database = source.secret("base");

        check.checkReady(database, DumpSettings.defaults());
        limited()
                .checkReady(
                        database, DumpSettings.builder().addSchemas("public").build());
        assertThatThrownBy(() -> limited().checkReady(database, DumpSettings.defaults()))
                .hasMessageContaining("function public.c()")
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        refused -> assertThat(refused.hint().orElseThrow()).contains("autodump:verify=archive"));
    }

    private static ScratchRestoreCheck limited() {
        scratch.execute(
                "postgres", "DROP ROLE IF EXISTS maker; CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD 'maker'");
        return new ScratchRestoreCheck(
                StockPrograms.CLIENTS, scratch.secret("postgres", "maker", Password.of("maker")));
    }

    @Test
    void namesEveryTableThatDiffers() {
        TestDump dump = TestDump.of(source, "shop", DumpFormat.CUSTOM, Compression.DEFAULT)
                .with(builder -> builder.tables(List.of(
                        new TableRows("public", "orders", 1000),
                        new TableRows("public", "Odd \"table", 1),
                        new TableRows("Gone", "table", 7))));
        AutoDumpException failed = failure(dump);
        assertThat(failed.code()).isEqualTo(ErrorCode.RESTORE_DIFFERS);
        assertThat(failed)
                .hasMessageContaining("public.orders: 1000 dumped, 1001 restored")
                .hasMessageContaining("\"Gone\".table: 7 dumped, table missing")
                .hasMessageContaining("nothing was published")
                .message()
                .doesNotContain("Odd");
    }

    @Test
    void failsForADumpThatIsCutShort() {
        TestDump dump = TestDump.of(source, "shop", DumpFormat.PLAIN, Compression.NONE);
        AutoDumpException failed = failure(dump.withBytes(Arrays.copyOf(dump.stored(), dump.stored().length / 2)));
        assertThat(failed.code()).isEqualTo(ErrorCode.DUMP_CORRUPT);
        assertThat(failed).hasMessageContaining("nothing was published");
    }

    @Test
    void provesADumpAlsoForAUserWhoIsNoSuperuser() {
        TestDump dump = TestDump.of(source, "shop", DumpFormat.CUSTOM, Compression.DEFAULT);
        ScratchRestoreCheck check = limited();

        check.checkReady(source.secret("shop"));

        check.prove(dump.manifest(), dump.open());

        TestDump other = dump.with(builder -> builder.tables(List.of(new TableRows("public", "orders", 1002))));
        assertThat(failure(check, other).code()).isEqualTo(ErrorCode.RESTORE_DIFFERS);
    }

    @Test
    void refusesAUserWhoMayNotCreateWhatItNeeds() {
        scratch.execute("postgres", "DROP ROLE IF EXISTS humble; CREATE ROLE humble LOGIN CREATEDB PASSWORD 'humble'");
        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class,
                () -> new ScratchRestoreCheck(
                                StockPrograms.CLIENTS, scratch.secret("postgres", "humble", Password.of("humble")))
                        .checkReady(source.secret("shop")));
        assertThat(refused.code()).isEqualTo(ErrorCode.PRIVILEGES_MISSING);
        assertThat(refused.hint().orElseThrow()).contains("ALTER ROLE humble CREATEDB CREATEROLE;");
    }

    private static AutoDumpException failure(TestDump dump) {
        return failure(check, dump);
    }

    private static AutoDumpException failure(ScratchRestoreCheck check, TestDump dump) {
        AutoDumpException failed =
                catchThrowableOfType(AutoDumpException.class, () -> check.prove(dump.manifest(), dump.open()));
        assertThat(failed).as("a failure").isNotNull();
        return failed;
    }

    private static List<String> names(String sql) throws SQLException {
        try (Connection connection = scratch.connection("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> names = new ArrayList<>();
            while (result.next()) {
                names.add(result.getString(1));
            }
            return names;
        }
    }
}
