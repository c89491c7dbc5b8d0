package io.autodump.chaos;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpSettings;
import io.autodump.testkit.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database that the command dumps in six parts with four sessions: each row of its large table is on a page of its
 * own, so that it has 384 MB of pages and few bytes. It also has an archive of some megabytes.
 */
final class PartsDatabase {
    static final String NAME = "ledger";

    /** The tag of its secret, and the same for a dump in this process. */
    static final String TAGS = "\"autodump:jobs\": \"4\"";

    static final DumpSettings SETTINGS = DumpSettings.builder().jobs(4).build();

    private static final int ROWS = 48_000;

    private PartsDatabase() {}

    /** Makes it on a server, unless it is there. */
    static DatabaseSecret on(TestPostgres server) {
        if (number(server, "postgres", "SELECT count(*) FROM pg_database WHERE datname = '" + NAME + "'") == 0) {
            fill(server);
        }
        return server.secret(NAME);
    }

    private static void fill(TestPostgres server) {
        server.createDatabase(NAME);
        server.execute(
                NAME,
                "CREATE TABLE entry (id int, note text) WITH (fillfactor = 10);"
                        + "INSERT INTO entry SELECT i, repeat(md5(i::text), 23) FROM generate_series(1, " + ROWS
                        + ") i;"
                        + "CREATE INDEX ON entry (id);"
                        + "CREATE TABLE customer AS SELECT i AS id, md5(i::text) AS name FROM generate_series(1, 50000) i;"
                        + "SELECT lo_from_bytea(0, decode(repeat('c0ffee', 20000), 'hex'))");
    }

    /** Sessions that copy rows of the large table now. */
    static long reading(TestPostgres server) {
        return number(server, NAME, "SELECT count(*) FROM pg_stat_activity WHERE " + READS);
    }

    private static final String READS = "state = 'active' AND query LIKE 'COPY (SELECT \"id\"%'";

    /** Ends one of them; returns whether there was one. */
    static boolean endOne(TestPostgres server) {
        return number(
                        server,
                        NAME,
                        "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE " + READS
                                + " LIMIT 1) one")
                > 0;
    }

    /** What a dump holds on the server: locks on its tables, and its snapshot. */
    static long held(TestPostgres server) {
        return number(
                server,
                NAME,
                "SELECT (SELECT count(*) FROM pg_locks WHERE relation = 'entry'::regclass)"
                        + " + (SELECT count(*) FROM pg_ls_dir('pg_snapshots'))");
    }

    static long number(TestPostgres server, String database, String query) {
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
