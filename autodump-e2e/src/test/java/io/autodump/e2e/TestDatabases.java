package io.autodump.e2e;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One server for all tests: a database that can be dumped, and one on which {@code pg_dump} fails halfway. */
final class TestDatabases {
    static final String SOUND = "shop";
    static final String DAMAGED = "damaged";

    private static final TestPostgres SERVER = start();

    private TestDatabases() {}

    /** What a secret holds for one of the two. */
    static ObjectNode secretValue(String database) {
        return new JsonMapper()
                .createObjectNode()
                .put("username", TestPostgres.SUPERUSER)
                .put("password", SERVER.password().reveal())
                .put("databasename", database)
                .put("endpoint", SERVER.host())
                .put("port", SERVER.port())
                .put("engine", "postgres")
                .put("sslmode", "disable");
    }

    /** Drops a database if it is there. */
    static void drop(String database) {
        SERVER.execute("postgres", "DROP DATABASE IF EXISTS " + database);
    }

    /** The number of a table's rows. */
    static long count(String database, String table) {
        try (Connection connection = SERVER.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static TestPostgres start() {
        TestPostgres server = TestPostgres.start();
        server.createDatabase(SOUND);
        server.execute(
                SOUND,
                "CREATE TABLE orders (id int PRIMARY KEY, note text);"
                        + "INSERT INTO orders SELECT n, 'order ' || n FROM generate_series(1, 1000) n");
        server.createDatabase(DAMAGED);
        // The catalogue has lost a label that rows use: reading them is an error, and nothing before that is.
        server.execute(
                DAMAGED,
                "CREATE TYPE colour AS ENUM ('red', 'green'); CREATE TABLE cars (id int, colour colour);"
                        + "INSERT INTO cars SELECT n, 'green' FROM generate_series(1, 1000) n;"
                        + "DELETE FROM pg_enum WHERE enumlabel = 'green'");
        return server;
    }
}
