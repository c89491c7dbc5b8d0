package io.autodump.examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The demo's database: {@code shop.sql}, generated, about 100 MB, with all that makes a dump difficult. */
final class Shop {
    /** Counted here with plain SQL, so that the comparison owes nothing to AutoDump. */
    private static final String TABLES =
            "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition"
                    + " AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'";

    private Shop() {}

    static void fill(TestPostgres postgres, String database) throws IOException, SQLException {
        try (InputStream script = Objects.requireNonNull(Shop.class.getResourceAsStream("shop.sql"));
                Connection connection = postgres.connection(database);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(new String(script.readAllBytes(), UTF_8));
        }
    }

    /** The size of a database in MB. */
    static long megabytes(TestPostgres postgres, String database) throws SQLException {
        try (Connection connection = postgres.connection(database);
                Statement statement = connection.createStatement();
                ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database()) / 1000000")) {
            size.next();
            return size.getLong(1);
        }
    }

    /** Every table, partitioned table and materialized view, with the number of its rows. */
    static Map<String, Long> rows(TestPostgres postgres, String database) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = postgres.connection(database);
                Statement list = connection.createStatement();
                Statement count = connection.createStatement();
                ResultSet tables = list.executeQuery(TABLES)) {
            while (tables.next()) {
                String table = tables.getString(1);
                try (ResultSet counted = count.executeQuery("SELECT count(*) FROM " + table)) {
                    counted.next();
                    rows.put(table, counted.getLong(1));
                }
            }
        }
        return rows;
    }
}
