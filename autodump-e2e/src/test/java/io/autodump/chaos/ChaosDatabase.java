package io.autodump.chaos;

import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database with some tables, an index, a large object and a sequence: about 6 MB of dump, in the short form 2 MB. */
final class ChaosDatabase {
    static final String SHOP = "shop";

    /** Of each table. */
    static final int ROWS = ChaosForm.isShort() ? 15_000 : 50_000;

    private static final TestPostgres SERVER = filled(TestPostgres.start());

    private ChaosDatabase() {}

    /** One server for all tests that don't harm it. */
    static TestPostgres server() {
        return SERVER;
    }

    /** Fills a server of one's own. */
    static TestPostgres filled(TestPostgres server) {
        server.createDatabase(SHOP);
        server.execute(
                SHOP,
                "CREATE TABLE customer (id int PRIMARY KEY, name text);"
                        + "INSERT INTO customer SELECT i, md5(i::text) FROM generate_series(1, " + ROWS
                        + ") i;"
                        + "CREATE TABLE orders AS SELECT i AS id, md5((-i)::text) AS note FROM generate_series(1, "
                        + ROWS
                        + ") i;"
                        + "CREATE INDEX ON orders (id); CREATE SEQUENCE numbers; SELECT nextval('numbers');"
                        + "SELECT lo_from_bytea(0, decode(repeat('c0ffee', 20000), 'hex'))");
        return server;
    }

    /** The sessions of dumps and restores, also of those whose process is gone. */
    static long sessions(TestPostgres server) {
        return sessions(server, "true");
    }

    /** Those of them that wait for a lock. */
    static long waitingForLocks(TestPostgres server) {
        return sessions(server, "wait_event_type = 'Lock'");
    }

    private static long sessions(TestPostgres server, String condition) {
        try (Connection connection = server.connection(TestPostgres.SUPERUSER);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name ILIKE 'autodump%' AND "
                                + condition)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
