package io.autodump.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.TestForm;
import io.autodump.postgres.TestForwarder;
import io.autodump.postgres.TestPooler;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kind of pooler that must not be dumped through, and what only looks like it. */
@Timeout(180)
final class PoolerCheckIT {
    private static final int TRIES = TestForm.times(4, 20);
    private static final int BUSY_CLIENTS = 6;

    private static TestPostgres server;

    private final Path folder;

    PoolerCheckIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        server.createDatabase("shop");
        server.execute("shop", "CREATE TABLE a AS SELECT generate_series(1, 1000) AS i");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pool_mode=transaction",
                "pool_mode=transaction\nserver_round_robin=1\nmin_pool_size=2",
                "pool_mode=transaction\nserver_round_robin=1\nmin_pool_size=5",
                "pool_mode=transaction\ndefault_pool_size=1",
                "pool_mode=statement"
            })
    void refusesAnIdlePoolThatSharesSessionsEveryTime(String settings) throws Exception {
        try (TestPooler pooler = pooler(settings)) {
            DatabaseSecret database = pooler.before(server.secret("shop"));
            for (int i = 0; i < TRIES; i++) {
                assertThat(refusal(database).code()).isEqualTo(ErrorCode.TRANSACTION_POOLER);
            }
            assertThat(sessionSettings(database))
                    .as("nothing stays on the session")
                    .isEqualTo(defaults());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 20})
    void refusesABusyPoolThatSharesSessionsEveryTime(int size) throws Exception {
        try (TestPooler pooler = pooler("pool_mode=transaction\ndefault_pool_size=" + size)) {
            DatabaseSecret database = pooler.before(server.secret("shop"));
            AtomicBoolean busy = new AtomicBoolean(true);
            CountDownLatch started = new CountDownLatch(BUSY_CLIENTS);
            List<Thread> applications = new ArrayList<>();
            List<String> failures = new ArrayList<>();
            for (int i = 0; i < BUSY_CLIENTS; i++) {
                Thread application = new Thread(() -> queryWhile(busy, started, database, failures));
                application.start();
                applications.add(application);
            }
            started.await();
            try {
                for (int i = 0; i < TRIES; i++) {
                    assertThat(refusal(database).code()).isEqualTo(ErrorCode.TRANSACTION_POOLER);
                }
            } finally {
                busy.set(false);
                for (Thread application : applications) {
                    application.join();
                }
            }
            assertThat(failures).isEmpty();
            assertThat(sessionSettings(database)).isEqualTo(defaults());
        }
    }

    /** The second of these settings makes a second client wait for as long as the first is connected. */
    @ParameterizedTest
    @ValueSource(strings = {"pool_mode=session", "pool_mode=session\ndefault_pool_size=1"})
    void dumpsThroughAPoolInSessionMode(String settings) throws Exception {
        try (TestPooler pooler = pooler(settings)) {
            DatabaseSecret database = pooler.before(server.secret("shop"));

            try (PreparedDump dump = TestDumps.source().prepare(database, DumpSettings.defaults())) {
                assertThat(dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT)
                                .sourceBytes())
                        .isPositive();
            }
        }
    }

    @Test
    void dumpsThroughAForwardedPort() throws IOException {
        try (TestForwarder forwarder = TestForwarder.start(server)) {
            DatabaseSecret database = forwarder.before(server.secret("shop"));
            for (int i = 0; i < TRIES; i++) {
                assertThatCode(() -> Preflight.inspect(database, DumpSettings.defaults()))
                        .doesNotThrowAnyException();
            }
        }
    }

    /** A server that has room for one connection of the user's alone is dumped as before. */
    @Test
    void needsNoSecondConnectionOfAServerWithoutAProxy() {
        server.execute("postgres", "CREATE ROLE single LOGIN PASSWORD 'x' CONNECTION LIMIT 1");
        server.execute("postgres", "GRANT pg_read_all_data TO single");
        DatabaseSecret database = server.secret("shop", "single", Password.of("x"));

        assertThatCode(() -> Preflight.inspect(database, DumpSettings.defaults()))
                .doesNotThrowAnyException();
    }

    private TestPooler pooler(String settings) throws IOException {
        assumeTrue(TestPooler.isInstalled(), "pgbouncer isn't installed (apt-get install pgbouncer)");
        return TestPooler.start(folder, server, settings);
    }

    private static void queryWhile(
            AtomicBoolean busy, CountDownLatch started, DatabaseSecret database, List<String> failures) {
        try (Connection connection = DatabaseConnection.open(database);
                Statement statement = connection.createStatement()) {
            started.countDown();
            while (busy.get()) {
                statement.execute("SELECT count(*) FROM a");
            }
        } catch (SQLException | AutoDumpException failed) {
            started.countDown();
            synchronized (failures) {
                failures.add(failed.toString());
            }
        }
    }

    private static String sessionSettings(DatabaseSecret database) throws SQLException {
        try (Connection connection = DatabaseConnection.open(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT string_agg(name || '=' || setting, ',' ORDER BY name) FROM pg_settings"
                                + " WHERE name IN ('search_path', 'statement_timeout', 'extra_float_digits', 'lock_timeout',"
                                + " 'row_security', 'default_transaction_read_only')")) {
            row.next();
            return row.getString(1);
        }
    }

    private static String defaults() throws SQLException {
        return sessionSettings(server.secret("shop"));
    }

    private static AutoDumpException refusal(DatabaseSecret database) {
        return catchThrowableOfType(
                AutoDumpException.class, () -> TestDumps.source().prepare(database, DumpSettings.defaults()));
    }
}
