package io.autodump.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.RestorePlan;
import io.autodump.core.restore.SkippableKind;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.postgres.restore.PgRestore;
import io.autodump.postgres.restore.ScratchRestoreCheck;
import io.autodump.testkit.postgres.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real server of a later major version than the one on the classpath; the build copies it there. */
class NewerServerIT {
    private static final RestoreOptions CREATE =
            RestoreOptions.builder().create(true).build();

    private static TestPostgres older;
    private static TestPostgres newer;

    @BeforeAll
    static void start() {
        older = TestPostgres.start();
        newer = TestPostgres.configure().binaries(OtherVersions.server(18)).start();
        for (TestPostgres server : List.of(older, newer)) {
            server.createDatabase("source");
            server.execute(
                    "source",
                    "CREATE TABLE t AS SELECT i FROM generate_series(1, 100) AS g (i);"
                            + " CREATE MATERIALIZED VIEW m AS SELECT * FROM t");
        }
    }

    @AfterAll
    static void stop() {
        older.close();
        newer.close();
    }

    @ParameterizedTest
    @EnumSource
    void takesTheDumpOfAnOlderOne(DumpFormat format) {
        TestDump dump = TestDump.of(older, "source", format, Compression.DEFAULT);
        RestoreReport report = new PgRestore(StockPrograms.CLIENTS)
                .restore(
                        dump.manifest(),
                        dump.open(),
                        newer.secret("from older " + format),
                        CREATE,
                        DumpProgress.SILENT);
        assertThat(report.tables()).isEqualTo(dump.manifest().tables());
        assertThat(report.serverVersion()).startsWith("18.");
    }

    @Test
    void takesItFromAUserWithCreatedbAlone() {
        newer.execute("postgres", "CREATE ROLE limited LOGIN CREATEDB PASSWORD 'limited'");
        TestDump dump = TestDump.of(older, "source", DumpFormat.CUSTOM, Compression.DEFAULT);
        DatabaseSecret target = newer.secret("limited", "limited", Password.of("limited"));
        RestoreOptions options =
                RestoreOptions.builder().create(true).noOwner(true).build();

        RestoreReport report = new PgRestore(StockPrograms.CLIENTS)
                .restore(dump.manifest(), dump.open(), target, options, DumpProgress.SILENT);

        assertThat(report.tables()).isEqualTo(dump.manifest().tables());
        assertThat(report.warnings()).isEmpty();
    }

    /** PostgreSQL 17 removed adminpack. */
    @Test
    void lacksAnExtensionOfTheOlderOneAndSaysSoBefore() {
        older.createDatabase("packed");
        older.execute("packed", "CREATE EXTENSION adminpack; CREATE TABLE t (i integer)");
        TestDump dump = TestDump.of(older, "packed", DumpFormat.CUSTOM, Compression.DEFAULT);
        PgRestore restorer = new PgRestore(StockPrograms.CLIENTS);
        DatabaseSecret target = newer.secret("packed");

        RestorePlan plan = restorer.plan(dump.manifest(), dump.open(), target, CREATE);
        RestoreOptions without = RestoreOptions.builder()
                .from(CREATE)
                .addSkip(SkippableKind.EXTENSIONS)
                .build();
        restorer.restore(dump.manifest(), dump.open(), target, without, DumpProgress.SILENT);

        assertThat(plan.obstacles()).singleElement().satisfies(obstacle -> {
            assertThat(obstacle.toString()).startsWith("extension adminpack 2.1: the target server doesn't have it");
            assertThat(obstacle.skip()).hasValue(SkippableKind.EXTENSIONS);
        });
        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class,
                () -> new ScratchRestoreCheck(StockPrograms.CLIENTS, newer.secret("postgres"))
                        .checkReady(older.secret("packed"), DumpSettings.defaults()));
        assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_UNFIT);
        assertThat(refused).hasMessageContaining("extension adminpack 2.1");
    }

    @Test
    void isRefusedWhereEveryClientIsOlder() {
        PostgresClient old = StockPrograms.client();
        assumeThat(old.major()).isLessThan(18);
        PgDumpSource source = PgDumpSource.builder()
                .clients(PostgresClients.of(List.of(old.binFolder())))
                .build();
        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class, () -> source.prepare(newer.secret("source"), DumpSettings.defaults()));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.CLIENT_TOO_OLD);
        assertThat(refused).hasMessageContaining("PostgreSQL 18").hasMessageContaining(" " + old.version());
        assertThat(refused.hint().orElseThrow()).contains("postgresql-client-18");
    }
}
