package io.autodump.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.database.Password;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlannerStatisticsIT {
    private static final String TABLES = """
            CREATE TABLE measured AS SELECT i, i / 10 AS ten FROM generate_series(1, 1000) AS i;
            CREATE INDEX on_expression ON measured ((i * ten));
            CREATE STATISTICS together (dependencies) ON i, ten FROM measured;
            CREATE TABLE empty (i integer);
            CREATE TABLE left_alone WITH (autovacuum_enabled = off) AS SELECT generate_series(1, 1000) AS i;
            CREATE TABLE small AS SELECT 1 AS i;
            CREATE TABLE parent (i integer) PARTITION BY RANGE (i);
            CREATE TABLE leaf PARTITION OF parent FOR VALUES FROM (0) TO (10);
            INSERT INTO parent SELECT i % 10 FROM generate_series(1, 1000) AS i;
            """;

    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.execute("postgres", "ALTER SYSTEM SET autovacuum_naptime = '1d'");
        server.execute("postgres", "SELECT pg_reload_conf()");
        server.execute("postgres", "CREATE ROLE reader LOGIN PASSWORD 'reader'");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysWhichAreMissingAndWhoGathersThem() {
        server.createDatabase("told");
        server.execute("told", TABLES);

        assertThat(PlannerStatistics.missing(() -> open("told")))
                .containsExactly(
                        "autovacuum gathers the planner's statistics of 2 tables within some minutes;"
                                + " ANALYZE gathers them at once",
                        "autovacuum doesn't gather the planner's statistics of 2 tables,"
                                + " which are partitioned or for which it is off; run ANALYZE");

        server.execute("told", "ANALYZE");
        assertThat(PlannerStatistics.missing(() -> open("told"))).isEmpty();
    }

    @Test
    void saysThatNobodyGathersThem() throws Exception {
        server.createDatabase("off");
        server.execute("off", "CREATE TABLE t AS SELECT generate_series(1, 1000) AS i");
        server.execute("postgres", "ALTER SYSTEM SET autovacuum = off");
        server.execute("postgres", "SELECT pg_reload_conf()");
        while (count("SELECT 1 FROM pg_settings WHERE name = 'autovacuum' AND setting = 'off'", "off") == 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        try {
            assertThat(PlannerStatistics.missing(() -> open("off")))
                    .containsExactly("autovacuum doesn't gather the planner's statistics of 1 table,"
                            + " which are partitioned or for which it is off; run ANALYZE");
        } finally {
            server.execute("postgres", "ALTER SYSTEM RESET autovacuum");
            server.execute("postgres", "SELECT pg_reload_conf()");
        }
    }

    /** Those of expressions and of statistics objects exist only after these do. */
    @Test
    void gathersAll() throws Exception {
        server.createDatabase("gathered");
        server.execute("gathered", TABLES);

        assertThat(PlannerStatistics.gather(() -> open("gathered"), 3)).isEmpty();

        assertThat(count("SELECT count(DISTINCT tablename) FROM pg_stats WHERE schemaname = 'public'", "gathered"))
                .as("measured, its index, left_alone, small, parent, leaf")
                .isEqualTo(6);
        assertThat(count("SELECT count(*) FROM pg_stats_ext WHERE dependencies IS NOT NULL", "gathered"))
                .isOne();
    }

    @Test
    void doesNotFailARestoreThatIsComplete() throws Exception {
        assertThat(PlannerStatistics.gather(PlannerStatisticsIT::refused, 2))
                .singleElement()
                .asString()
                .startsWith("the planner's statistics couldn't be gathered: ")
                .endsWith("; run ANALYZE as the owner of the tables");
        assertThat(PlannerStatistics.missing(PlannerStatisticsIT::refused))
                .containsExactly("the planner may lack statistics; run ANALYZE");

        PartLoading.Sessions unreachable = () -> open("dropped meanwhile");
        assertThat(PlannerStatistics.gather(unreachable, 2)).hasSize(1);
        assertThat(PlannerStatistics.missing(unreachable)).hasSize(1);
    }

    private static Connection refused() throws SQLException {
        Connection closed = DatabaseConnection.open(server.secret("postgres", "reader", Password.of("reader")));
        closed.close();
        return closed;
    }

    private static long count(String query, String database) throws SQLException {
        try (Connection connection = open(database);
                var row = connection.createStatement().executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static Connection open(String database) {
        return DatabaseConnection.open(server.secret(database));
    }
}
