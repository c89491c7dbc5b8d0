package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.testkit.postgres.TestPostgres;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a role has set, and what it may do, while its database is dumped in parts. */
@Timeout(120)
final class ParallelRolesIT {
    private static final long PAGE = 8192;
    private static final int ROWS = 30_000;

    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("shop");
        server.execute(
                "shop",
                "CREATE TABLE big AS SELECT i, md5(i::text) AS text FROM generate_series(1, " + ROWS + ") i;"
                        + "CREATE TABLE small AS SELECT 1 AS one");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createRole() {
        server.execute(
                "shop",
                "DROP ROLE IF EXISTS dumper; CREATE ROLE dumper LOGIN PASSWORD 'sesame'; GRANT pg_read_all_data TO dumper");
    }

    /** The slow store makes the dump take longer than each of the limits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement_timeout = '200ms'",
                "idle_in_transaction_session_timeout = '50ms', lock_timeout = '1ms'"
            })
    void isNotAffectedBySettingsOfTheRole(String settings) {
        for (String setting : settings.split(", ", -1)) {
            server.execute("shop", "ALTER ROLE dumper SET " + setting);
        }
        MemoryParts parts = new MemoryParts(
                name -> LockSupport.parkNanos(Duration.ofMillis(20).toNanos()));

        assertThat(rows(dump(4, parts))).isEqualTo(ROWS);
        assertThat(parts.open()).isEmpty();
    }

    @EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "idle_session_timeout = '500ms'",
                "default_transaction_isolation = 'serializable'",
                "default_transaction_deferrable = on",
                "client_encoding = 'LATIN1'",
                "work_mem = '64kB'",
                "search_path = 'nowhere'"
            })
    void isNotAffectedByOtherSettingsOfTheRole(String setting) {
        isNotAffectedBySettingsOfTheRole(setting);
    }

    @EnabledIfSystemProperty(named = "autodump.test.full", matches = "true", disabledReason = "make test-all runs it")
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 6, 12})
    void makesDoWithMoreConnections(int limit) {
        makesDoWithTheConnectionsThatTheRoleMayHave(limit);
    }

    /** The preflight, pg_dump and the snapshot need two sessions; a third one watches for others that wait. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void makesDoWithTheConnectionsThatTheRoleMayHave(int limit) {
        server.execute("shop", "ALTER ROLE dumper CONNECTION LIMIT " + limit);
        MemoryParts parts = new MemoryParts();
        DumpSettings settings = DumpSettings.builder().jobs(4).build();

        try (PreparedDump dump = source().prepare(dumper(), settings)) {
            assertThat(dump.jobs()).isEqualTo(Math.min(4, Math.max(1, limit - 2)));
            if (dump.jobs() > 1) {
                SourceReport report = dump.writeParts(parts, DumpProgress.SILENT);
                assertThat(rows(report)).isEqualTo(ROWS);
                assertThat(report.warnings()).hasSize(limit < 6 ? 1 : 0);
            }
        }
        TestDumps.assertNoSessions(server);
    }

    /** Others took the connections after the dump had counted them. */
    @Test
    void readsInFewerSessionsIfTheyAreGoneMeanwhile() {
        MemoryParts parts = new MemoryParts();
        try (PreparedDump dump =
                source().prepare(dumper(), DumpSettings.builder().jobs(6).build())) {
            assertThat(dump.jobs()).isEqualTo(6);
            server.execute("shop", "ALTER ROLE dumper CONNECTION LIMIT 3");

            assertThat(rows(dump.writeParts(parts, DumpProgress.SILENT))).isEqualTo(ROWS);
        }
        assertThat(parts.open()).isEmpty();
        TestDumps.assertNoSessions(server);
    }

    @Test
    void refusesARoleThatPoliciesHideRowsFrom() {
        server.execute(
                "shop",
                "CREATE TABLE secret AS TABLE big; ALTER TABLE secret ENABLE ROW LEVEL SECURITY;"
                        + "CREATE POLICY few ON secret USING (i < 10)");
        try {
            assertThatThrownBy(() -> dump(4, new MemoryParts()))
                    .isInstanceOfSatisfying(AutoDumpException.class, refused -> {
                        assertThat(refused.code()).isEqualTo(ErrorCode.PRIVILEGES_MISSING);
                        assertThat(refused.report()).contains("BYPASSRLS");
                    });
            server.execute("shop", "ALTER ROLE dumper BYPASSRLS");
            assertThat(rows(dump(4, new MemoryParts()))).isEqualTo(2 * ROWS);
            server.execute("shop", "ALTER ROLE dumper NOBYPASSRLS; ALTER TABLE secret OWNER TO dumper");
            assertThat(rows(dump(4, new MemoryParts()))).as("as the owner").isEqualTo(2 * ROWS);
        } finally {
            server.execute("shop", "DROP TABLE secret");
        }
    }

    private static SourceReport dump(int jobs, MemoryParts parts) {
        try (PreparedDump dump =
                source().prepare(dumper(), DumpSettings.builder().jobs(jobs).build())) {
            assertThat(dump.jobs()).isEqualTo(jobs);
            return dump.writeParts(parts, DumpProgress.SILENT);
        }
    }

    private static PgDumpSource source() {
        return PgDumpSource.builder().leastPart(8 * PAGE).build();
    }

    private static DatabaseSecret dumper() {
        return server.secret("shop", "dumper", Password.of("sesame"));
    }

    private static long rows(SourceReport report) {
        return report.parts().data().stream().mapToLong(DumpPart::rows).sum();
    }
}
