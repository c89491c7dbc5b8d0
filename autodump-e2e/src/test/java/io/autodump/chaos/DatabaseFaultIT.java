package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.chaos.CutProxy.Cut;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The server and the way to it fail. */
@Timeout(3600)
class DatabaseFaultIT {
    /** About what passes during a dump. */
    private static final int TRAFFIC = 140 * ChaosDatabase.ROWS;

    private static final int MOST_CONNECTIONS = 1000;

    /** A {@code pg_dump} whose output waits after the first bytes, so that something can happen meanwhile. */
    private static final String SLOW = slow(200_000, 2);

    private final Path folder;
    private final ChaosWorld world;

    private static String slow(int bytes, int seconds) {
        return "exec bash -c 'set -o pipefail; pg_dump \"$@\" | ( head -c " + bytes + "; sleep " + seconds
                + "; cat )' pg_dump \"$@\"";
    }

    DatabaseFaultIT(@TempDir Path folder) {
        this.folder = folder;
        this.world = new ChaosWorld(folder, ChaosDatabase.server());
    }

    private static DatabaseSecret through(TestPostgres server, int port) {
        return DatabaseSecret.builder()
                .host(server.host())
                .port(port)
                .database(ChaosDatabase.SHOP)
                .username(TestPostgres.SUPERUSER)
                .password(server.password())
                .tls(TlsMode.DISABLE)
                .build();
    }

    static List<Cut> cuts() {
        return Stream.of(Cut.values()).filter(ChaosForm::isAskedFor).toList();
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void cutsTheConnectionAtRandomOffsets(Cut cut) {
        Random random = ChaosForm.random("cut" + cut);
        try (CutProxy proxy = new CutProxy(world.server().port())) {
            world.secret(through(world.server(), proxy.port()), "");
            world.configure("stall-timeout: PT4S\n");
            int times = cut == Cut.RST ? ChaosForm.times(1, 2, 40) : ChaosForm.times(cut == Cut.SILENCE ? 1 : 0, 40);
            for (int i = 0; i < times; i++) {
                int offset = random.nextInt(TRAFFIC);
                proxy.heal();
                proxy.cutAfter(cut == Cut.SLOW ? TRAFFIC - offset % 200_000 : offset, cut);
                ChaosProcess.Ended ended = world.autodump("dump", "orders").await();
                if (ended.exitStatus() != 0) {
                    world.assertFailed(ended, "AD-3001", "AD-3002", "AD-3021", "AD-3023", "AD-3025");
                }
                proxy.heal();
                world.assertRecovers();
            }
        }
    }

    @Test
    void endsTheSessionsOfADumpAndStopsTheServer() {
        try (TestPostgres server = ChaosDatabase.filled(TestPostgres.start())) {
            world.client(SLOW);
            world.secret(server.secret(ChaosDatabase.SHOP), "");
            ChaosProcess dump = world.autodump("dump", "orders");
            dump.awaitChild("pg_dump");
            server.execute(
                    TestPostgres.SUPERUSER,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ILIKE 'autodump%'");
            ChaosProcess.Ended ended = dump.await();
            if (ended.exitStatus() != 0) {
                world.assertFailed(ended, "AD-3001", "AD-3021", "AD-3025");
            }
        }
        ChaosProcess.Ended gone = world.autodump("dump", "orders").await();
        world.assertFailed(gone, "AD-3001");
        world.assertRecovers();
    }

    @Test
    void failsOverToAStandbyDuringADump() {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        try (TestPostgres primary = Standby.primary();
                Standby standby = Standby.of(primary, folder.resolve("standby"));
                CutProxy proxy = new CutProxy(primary.port())) {
            world.client(SLOW);
            world.secret(through(primary, proxy.port()), "");
            ChaosWorld.await(
                    "it has followed",
                    () -> standby.answer("SELECT count(*) FROM orders").equals(String.valueOf(ChaosDatabase.ROWS)));
            ChaosProcess dump = world.autodump("dump", "orders");
            dump.awaitChild("pg_dump");
            stop(primary);
            standby.promote();
            proxy.failOver(standby.port());
            ChaosProcess.Ended ended = dump.await();
            if (ended.exitStatus() != 0) {
                world.assertFailed(ended, "AD-3001", "AD-3021", "AD-3025");
            }
            ChaosProcess.Ended after = world.autodump("dump", "orders").await();
            assertThat(after.exitStatus()).as(after.err()).isZero();
            world.assertEveryDumpIsWhole();
        }
        world.assertRecovers();
    }

    private static void stop(TestPostgres server) {
        server.close();
    }

    @Test
    void meetsARecoveryConflictOnAStandby() {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        try (TestPostgres primary = Standby.primary();
                Standby standby = Standby.of(primary, folder.resolve("standby"))) {
            ChaosWorld.await(
                    "it has followed",
                    () -> standby.answer("SELECT count(*) FROM orders").equals(String.valueOf(ChaosDatabase.ROWS)));
            world.client(slow(1000, 3));
            world.secret(standby.secret(), "");
            ChaosProcess dump = world.autodump("dump", "orders");
            dump.awaitChild("pg_dump");
            primary.execute(ChaosDatabase.SHOP, "DELETE FROM customer");
            try (Connection connection = primary.connection(ChaosDatabase.SHOP);
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM (FREEZE) customer");
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
            ChaosProcess.Ended ended = dump.await();
            if (ended.exitStatus() != 0) {
                world.assertFailed(ended, "AD-3027");
                assertThat(ended.err()).contains("conflict with recovery", "HINT: ");
            }
            world.assertEveryDumpIsWhole();
            ChaosProcess.Ended after = world.autodump("dump", "orders").await();
            assertThat(after.exitStatus()).as(after.err()).isZero();
        }
        world.assertRecovers();
    }

    @ParameterizedTest
    @CsvSource({
        "wrong password,     ALTER ROLE dumper PASSWORD 'another',                        AD-3002",
        "expired password,   ALTER ROLE dumper VALID UNTIL '2020-01-01',                  AD-3002",
        "no login,           ALTER ROLE dumper NOLOGIN,                                   AD-3002",
        "role's limit,       ALTER ROLE dumper NOSUPERUSER CONNECTION LIMIT 0,            AD-3001",
        "privileges lost,    ALTER ROLE dumper NOSUPERUSER,                               AD-3010"
    })
    void isRefusedByTheServer(String fault, String sql, String code) {
        assumeTrue(ChaosForm.isFull() || code.equals("AD-3010"), "part of the long form");
        TestPostgres server = world.server();
        server.execute(
                TestPostgres.SUPERUSER,
                "DROP ROLE IF EXISTS dumper; CREATE ROLE dumper SUPERUSER LOGIN PASSWORD 'first-secret'");
        world.secret(server.secret(ChaosDatabase.SHOP, "dumper", Password.of("first-secret")), "");
        server.execute(TestPostgres.SUPERUSER, sql);

        ChaosProcess.Ended ended = world.autodump("dump", "orders").await();

        world.assertFailed(ended, code);
        assertThat(ended.err()).as(fault).contains("nothing was ", "HINT: ").doesNotContain("first-secret");
        world.assertRecovers();
    }

    /** Sessions that are open stay open, and the next run needs the new password. */
    @Test
    void rotatesThePasswordDuringADump() {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        TestPostgres server = world.server();
        server.execute(
                TestPostgres.SUPERUSER,
                "DROP ROLE IF EXISTS rotated; CREATE ROLE rotated SUPERUSER LOGIN PASSWORD 'first-secret'");
        world.client(SLOW);
        world.secret(server.secret(ChaosDatabase.SHOP, "rotated", Password.of("first-secret")), "");
        ChaosProcess dump = world.autodump("dump", "orders");
        dump.awaitChild("pg_dump");
        ChaosWorld.await("it has connected", () -> ChaosDatabase.sessions(server) > 0);
        server.execute(TestPostgres.SUPERUSER, "ALTER ROLE rotated PASSWORD 'second-secret'");

        ChaosProcess.Ended ended = dump.await();
        ChaosProcess.Ended old = world.autodump("dump", "orders").await();
        world.secret(server.secret(ChaosDatabase.SHOP, "rotated", Password.of("second-secret")), "");
        ChaosProcess.Ended after = world.autodump("dump", "orders").await();

        assertThat(ended.exitStatus()).as(ended.err()).isZero();
        world.assertFailed(old, "AD-3002");
        assertThat(after.exitStatus()).as(after.err()).isZero();
        world.assertRecovers();
    }

    @Test
    void dropsTheDatabaseDuringADump() {
        TestPostgres server = world.server();
        server.execute(TestPostgres.SUPERUSER, "CREATE DATABASE doomed TEMPLATE shop");
        world.client(SLOW);
        world.secret(server.secret("doomed"), "");
        ChaosProcess dump = world.autodump("dump", "orders");
        dump.awaitChild("pg_dump");
        server.dropDatabase("doomed");

        ChaosProcess.Ended ended = dump.await();
        ChaosProcess.Ended after = world.autodump("dump", "orders").await();

        if (ended.exitStatus() != 0) {
            world.assertFailed(ended, "AD-3021", "AD-3025", "AD-3004", "AD-3001");
        }
        world.assertFailed(after, "AD-3004");
        world.assertRecovers();
    }

    @Test
    void waitsBehindAQueueOfLocks() throws SQLException {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        try (Connection holder = world.server().connection(ChaosDatabase.SHOP);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE");
            ChaosProcess dump = world.autodump("dump", "orders");
            ChaosWorld.await("it waits", () -> ChaosDatabase.waitingForLocks(world.server()) > 0);
            holder.rollback();
            ChaosProcess.Ended ended = dump.await();
            assertThat(ended.exitStatus()).as(ended.err()).isZero();
        }
        world.assertRecovers();
    }

    @Test
    void findsEveryConnectionOfTheServerInUse() throws SQLException {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        try (TestPostgres server = ChaosDatabase.filled(TestPostgres.start())) {
            world.secret(server.secret(ChaosDatabase.SHOP), "");
            List<Connection> all = connectionsUntilRefused(server);
            try {
                ChaosProcess.Ended ended = world.autodump("dump", "orders").await();
                world.assertFailed(ended, "AD-3001");
                assertThat(ended.err()).contains("max_connections");
            } finally {
                for (Connection connection : all) {
                    connection.close();
                }
            }
            ChaosProcess.Ended after = world.autodump("dump", "orders").await();
            assertThat(after.exitStatus()).as(after.err()).isZero();
        }
        world.assertRecovers();
    }

    private static List<Connection> connectionsUntilRefused(TestPostgres server) {
        List<Connection> all = new ArrayList<>();
        try {
            while (all.size() < MOST_CONNECTIONS) {
                all.add(server.connection(ChaosDatabase.SHOP));
            }
        } catch (IllegalStateException refused) {
            return all;
        }
        throw new AssertionError("the server refuses no connection");
    }

    @Test
    void dumpsTenThousandTables() {
        assumeTrue(ChaosForm.isFull(), "part of the long form");
        try (TestPostgres server = ChaosDatabase.filled(TestPostgres.configure()
                .setting("max_locks_per_transaction", "2000")
                .start())) {
            server.execute(
                    ChaosDatabase.SHOP,
                    "DO $$ BEGIN FOR i IN 1..10000 LOOP EXECUTE 'CREATE TABLE many_' || i || ' (id int)'; END LOOP; END $$");
            world.secret(server.secret(ChaosDatabase.SHOP), "");
            ChaosProcess.Ended ended = world.autodump("dump", "orders").await(Duration.ofMinutes(5));
            assertThat(ended.exitStatus()).as(ended.err()).isZero();
            world.assertEveryDumpIsWhole();
        }
        world.assertRecovers();
    }
}
