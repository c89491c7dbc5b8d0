package io.autodump.benchmark.comparison;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A database of about a given size before compression. The same size makes the same rows every time: their values are
 * computed from their numbers.
 */
enum Dataset {
    EIGHT_TABLES("eight equal tables", Statements.EVENTS, 8, 230),
    ONE_TABLE("one huge table", Statements.EVENTS, 1, 230),
    MANY_TABLES("5,000 small tables", Statements.SMALL_TABLES, 1, 40 * 5000),
    RANDOM_BYTES("bytea that won't compress", Statements.BYTES, 1, 64_000),
    JSON("JSONB", Statements.DOCUMENTS, 1, 220),
    MONTHS("partitions by month", Statements.READINGS, 1, 80),
    LARGE_OBJECTS("10,000 large objects", Statements.OBJECTS, 1, 32 * 10_000);

    private final String title;
    private final String sql;
    private final int copies;
    private final int bytes;

    Dataset(String title, String sql, int copies, int bytes) {
        this.title = title;
        this.sql = sql;
        this.copies = copies;
        this.bytes = bytes;
    }

    /** What the database holds, for people. */
    String title() {
        return title;
    }

    /** The name of the database, and what a command line calls it. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The statements that fill an empty database. */
    List<String> statements(long megabytes) {
        long rows = Math.max(1, megabytes * 1_000_000 / bytes / copies);
        return IntStream.rangeClosed(1, copies)
                .mapToObj(copy -> sql.formatted(copy, rows))
                .toList();
    }

    /** SQL with the number of a table ({@code %1$d}) and a number of rows ({@code %2$d}). */
    private static final class Statements {
        static final String EVENTS = """
                CREATE TABLE event_%1$d AS
                SELECT i AS id, md5(i::text) AS token, 'customer ' || i %% 1000 AS customer,
                       timestamptz '2026-01-01 00:00+00' + i * interval '1 second' AS at,
                       repeat(md5((i %% 977)::text), 4) AS payload
                  FROM generate_series(1, %2$d) AS i
                """;
        static final String SMALL_TABLES = """
                DO $$ BEGIN
                  FOR t IN 1..5000 LOOP
                    EXECUTE format('CREATE TABLE small_%%s AS SELECT i AS id, md5(i::text) AS token'
                                   ' FROM generate_series(1, %2$d) AS i', t);
                    IF t %% 200 = 0 THEN COMMIT; END IF;
                  END LOOP;
                END $$
                """;
        static final String BYTES = """
                CREATE TABLE blob (id bigint, content bytea);
                ALTER TABLE blob ALTER content SET STORAGE EXTERNAL;
                INSERT INTO blob
                SELECT i, (SELECT string_agg(sha256((i * 100000 + j)::text::bytea), '')
                             FROM generate_series(1, 1000) AS j)
                  FROM generate_series(1, %2$d) AS i
                """;
        static final String DOCUMENTS = """
                CREATE TABLE document AS
                SELECT i AS id, jsonb_build_object('id', i, 'token', md5(i::text), 'name', 'customer ' || i %% 1000,
                       'tags', jsonb_build_array('a' || i %% 7, 'b' || i %% 11), 'address',
                       jsonb_build_object('street', md5((i %% 5000)::text), 'number', i %% 200)) AS body
                  FROM generate_series(1, %2$d) AS i
                """;
        static final String READINGS = """
                CREATE TABLE reading (id bigint, at date NOT NULL, value double precision, note text)
                       PARTITION BY RANGE (at);
                DO $$ BEGIN
                  FOR m IN 0..35 LOOP
                    EXECUTE format('CREATE TABLE reading_%%s PARTITION OF reading FOR VALUES FROM (%%L) TO (%%L)', m,
                            date '2024-01-01' + m * interval '1 month',
                            date '2024-01-01' + (m + 1) * interval '1 month');
                  END LOOP;
                END $$;
                INSERT INTO reading
                SELECT i, date '2024-01-01' + (i %% 1090)::int, (i * 37 %% 100003) / 7.0, md5(i::text)
                  FROM generate_series(1, %2$d) AS i
                """;
        static final String OBJECTS = """
                SELECT count(lo_from_bytea(i::oid, (SELECT string_agg(sha256((i * 1000 + j)::text::bytea), '')
                                                      FROM generate_series(1, %2$d) AS j)))
                  FROM generate_series(20001, 30000) AS i
                """;

        private Statements() {}
    }
}
