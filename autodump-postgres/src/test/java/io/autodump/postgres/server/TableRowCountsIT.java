package io.autodump.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.Password;
import io.autodump.core.dump.TableRows;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TableRowCountsIT {
    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("counted");
        server.execute("counted", """
                CREATE ROLE reader LOGIN PASSWORD 'reader';
                CREATE ROLE "Odd ""one\""" ;
                CREATE SCHEMA "S 1 %I""x\""" AUTHORIZATION "Odd ""one\""" ;
                CREATE TABLE "S 1 %I""x\"""."t '<n>7</n>' é" AS SELECT generate_series(1, 3) AS i;
                CREATE TABLE parent (i integer) PARTITION BY RANGE (i);
                CREATE TABLE leaf PARTITION OF parent FOR VALUES FROM (0) TO (10);
                CREATE TABLE branch PARTITION OF parent FOR VALUES FROM (10) TO (30) PARTITION BY RANGE (i);
                CREATE TABLE twig PARTITION OF branch FOR VALUES FROM (20) TO (30);
                INSERT INTO parent VALUES (1), (2), (20), (21), (22);
                CREATE TABLE base (i integer);
                CREATE TABLE derived () INHERITS (base);
                INSERT INTO base VALUES (1);
                INSERT INTO derived VALUES (1), (2), (3), (4);
                CREATE UNLOGGED TABLE empty_one ();
                CREATE MATERIALIZED VIEW filled AS SELECT * FROM base;
                CREATE MATERIALIZED VIEW unfilled AS SELECT * FROM base WITH NO DATA;
                CREATE VIEW a_view AS SELECT * FROM base;
                CREATE TABLE hidden AS SELECT 1 AS i;
                ALTER TABLE hidden ENABLE ROW LEVEL SECURITY;
                GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
                GRANT USAGE ON SCHEMA "S 1 %I""x\""" TO reader;
                GRANT SELECT ON ALL TABLES IN SCHEMA "S 1 %I""x\""" TO reader;
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void countsTablesOnceEachAndNoViews() throws SQLException {
        try (Connection connection = server.connection("counted")) {
            assertThat(TableRowCounts.count(connection))
                    .containsExactly(
                            new TableRows("S 1 %I\"x\"", "t '<n>7</n>' é", 3),
                            new TableRows("public", "base", 1),
                            new TableRows("public", "derived", 4),
                            new TableRows("public", "empty_one", 0),
                            new TableRows("public", "hidden", 1),
                            new TableRows("public", "parent", 5));
        }
    }

    @Test
    void countsOnlyTheGivenTables() throws SQLException {
        try (Connection connection = server.connection("counted");
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT 'twig'::regclass::oid::bigint, 'base'::regclass::oid::bigint")) {
            result.next();
            assertThat(TableRowCounts.count(connection, new long[] {result.getLong(1), result.getLong(2)}))
                    .containsExactly(new TableRows("public", "base", 1), new TableRows("public", "parent", 3));
            assertThat(TableRowCounts.count(connection, new long[0])).isEmpty();
        }
    }

    @Test
    void refusesToCountWhatAPolicyHides() throws SQLException {
        try (Connection connection =
                DatabaseConnection.open(server.secret("counted", "reader", Password.of("reader")))) {
            assertThatThrownBy(() -> TableRowCounts.count(connection))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("hidden");
        }
    }

    @Test
    void knowsTheRolesThatAreNamedAndThoseThatAreMissing() throws SQLException {
        try (Connection connection = server.connection("counted")) {
            assertThat(DatabaseRoles.of(connection)).containsExactly("Odd \"one\"", "postgres", "reader");
            assertThat(DatabaseRoles.missing(connection, List.of("z, {\"", "reader", "no-such", "postgres")))
                    .containsExactly("z, {\"", "no-such");
        }
    }
}
