package io.autodump.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.TableRows;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CountedTablesIT {
    private static final List<TableRows> ROWS = List.of(
            new TableRows("a", "b.c", 4),
            new TableRows("a.b", "c", 5),
            new TableRows("public", "base", 1),
            new TableRows("public", "parent", 5));

    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("restored");
        server.execute("restored", """
                CREATE TABLE base AS SELECT 1 AS i;
                CREATE TABLE parent (i integer) PARTITION BY RANGE (i);
                CREATE TABLE leaf PARTITION OF parent FOR VALUES FROM (0) TO (10);
                CREATE TABLE twig PARTITION OF parent FOR VALUES FROM (10) TO (30);
                INSERT INTO parent VALUES (1), (2), (20), (21), (22);
                CREATE SCHEMA a;
                CREATE SCHEMA "a.b";
                CREATE TABLE a."b.c" AS SELECT generate_series(1, 4) AS i;
                CREATE TABLE "a.b".c AS SELECT generate_series(1, 5) AS i;
                CREATE ROLE limited LOGIN PASSWORD 'limited' CONNECTION LIMIT 1;
                CREATE ROLE reader LOGIN PASSWORD 'reader';
                GRANT pg_read_all_data TO limited;
                """);
        server.execute("postgres", "CREATE DATABASE followed TEMPLATE restored");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void looksAtTablesWhileOthersAreStillRestored() throws SQLException, InterruptedException {
        try (CountedTables tables = CountedTables.begin(() -> open("followed"), 1, DumpProgress.SILENT)) {
            tables.loaded("public.twig");
            awaitScans("twig");
            assertThat(scans("leaf")).isZero();

            tables.loaded("\"public\".\"base\"");
            // Two tables have this name; and this one isn't there.
            tables.loaded("a.b.c");
            tables.loaded("public.missing");

            assertThat(tables.finish()).isEqualTo(ROWS);
        }
        assertThat(scans("twig")).as("counted once").isOne();
    }

    @Test
    void sharesWhatIsLeftAmongSeveralSessions() throws SQLException, InterruptedException {
        AtomicInteger opened = new AtomicInteger();
        PartLoading.Sessions sessions = () -> {
            opened.incrementAndGet();
            return open("restored");
        };
        try (CountedTables tables = CountedTables.begin(sessions, 3, DumpProgress.SILENT)) {
            assertThat(tables.finish()).isEqualTo(ROWS);
        }
        assertThat(opened).hasValue(1 + 3);
    }

    @Test
    void takesNoSessionThatTheRestoreNeeds() throws SQLException, InterruptedException {
        Deque<Connection> opened = new ConcurrentLinkedDeque<>();
        PartLoading.Sessions sessions = () -> {
            opened.add(openTheOnlyOne());
            return opened.getLast();
        };
        try (CountedTables tables = CountedTables.begin(sessions, 1, DumpProgress.SILENT)) {
            assertThat(opened.getLast().isClosed()).isTrue();
            try (Connection restore = sessions.open()) {
                assertThat(restore.isValid(0)).isTrue();
            }
            assertThat(tables.finish()).isEqualTo(ROWS);
        }
    }

    /** A server counts a session for a moment after it was closed. */
    private static Connection openTheOnlyOne() {
        DatabaseSecret limited = server.secret("restored", "limited", Password.of("limited"));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (true) {
            try {
                return DatabaseConnection.open(limited);
            } catch (AutoDumpException tooMany) {
                if (System.nanoTime() > deadline) {
                    throw tooMany;
                }
            }
        }
    }

    @Test
    void reportsWhatCannotBeRead() {
        PartLoading.Sessions sessions =
                () -> DatabaseConnection.open(server.secret("restored", "reader", Password.of("reader")));
        try (CountedTables tables = CountedTables.begin(sessions, 1, DumpProgress.SILENT)) {
            tables.loaded("public.base");

            assertThatThrownBy(tables::finish)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    private static Connection open(String database) {
        return DatabaseConnection.open(server.secret(database));
    }

    private static void awaitScans(String table) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (scans(table) == 0) {
            assertThat(System.nanoTime()).as("it is counted in time").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static long scans(String table) throws SQLException {
        try (Connection connection = open("followed");
                var query = connection.prepareStatement("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = ?")) {
            query.setString(1, table);
            var row = query.executeQuery();
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
