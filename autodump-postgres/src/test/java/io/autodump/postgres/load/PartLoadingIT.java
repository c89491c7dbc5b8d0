package io.autodump.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Checksum;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.SilentProxy;
import io.autodump.postgres.connection.DatabaseConnection;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class PartLoadingIT {
    private static final byte[] ROWS = "1\n2\n".getBytes(StandardCharsets.US_ASCII);
    private static final DumpPart PART = DumpPart.builder()
            .name("data/0001.copy")
            .table("public.orders")
            .addColumns("id")
            .rows(2)
            .sourceBytes(ROWS.length)
            .storedBytes(ROWS.length)
            .checksum(new Checksum("0".repeat(64)))
            .compression(Compression.NONE)
            .build();

    @Test
    void doesNotWaitForEverForAServerThatSaysNothing() {
        try (TestPostgres server = TestPostgres.start();
                SilentProxy proxy = new SilentProxy(server.port())) {
            server.execute("postgres", "CREATE TABLE orders (id int)");
            DatabaseSecret target = DatabaseSecret.builder()
                    .from(server.secret("postgres"))
                    .host("127.0.0.1")
                    .port(proxy.port())
                    .build();
            PartLoading.Source source = new PartLoading.Source(
                    () -> DatabaseConnection.openForLongQueries(target, "test"),
                    name -> {
                        proxy.fallSilent();
                        return new ByteArrayInputStream(ROWS);
                    },
                    Optional.empty(),
                    LoadListener.of(DumpProgress.SILENT),
                    Duration.ofSeconds(1));

            AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, () -> {
                try (PartLoading loading = new PartLoading(source)) {
                    loading.run(List.of(PART), 1, () -> {});
                }
            });

            assertThat(failure.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
            assertThat(failure.description()).endsWith("the target server took and said nothing for PT1S");
        }
    }

    /** The rows that the constraint looks for are in the archive, which one of the sessions restores. */
    @Test
    void triesAgainWhatAConstraintRefusedBeforeTheRestWasThere() throws Exception {
        try (TestPostgres server = TestPostgres.start()) {
            server.execute("postgres", """
                    CREATE TABLE known (id int);
                    CREATE FUNCTION is_known(wanted int) RETURNS boolean LANGUAGE sql
                        AS 'SELECT EXISTS (SELECT FROM public.known WHERE id = wanted)';
                    CREATE TABLE orders (id int CHECK (public.is_known(id)));
                    """);
            try (PartLoading loading = loading(server)) {
                loading.run(List.of(PART), 2, () -> {
                    awaitRefusal(server);
                    server.execute("postgres", "INSERT INTO known VALUES (1), (2)");
                });
            }
            assertThat(number(server, "SELECT count(*) FROM orders")).isEqualTo(2);
        }
    }

    @Test
    void failsIfAConstraintStillRefusesTheRowsWhenTheRestIsThere() {
        try (TestPostgres server = TestPostgres.start()) {
            server.execute("postgres", "CREATE TABLE orders (id int CHECK (id > 2))");

            AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, () -> {
                try (PartLoading loading = loading(server)) {
                    loading.run(List.of(PART), 2, () -> awaitRefusal(server));
                }
            });

            assertThat(failure.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
            assertThat(failure.description()).contains("violates check constraint");
        }
    }

    @Test
    void aFailureOfTheRestStopsThePartThatWaitsForIt() {
        try (TestPostgres server = TestPostgres.start()) {
            server.execute("postgres", "CREATE TABLE orders (id int CHECK (id > 2))");

            assertThatThrownBy(() -> {
                        try (PartLoading loading = loading(server)) {
                            loading.run(List.of(PART), 2, () -> {
                                awaitRefusal(server);
                                throw new IllegalStateException("the rest");
                            });
                        }
                    })
                    .hasMessage("the rest");
        }
    }

    /** Each table needs the one before it, and the largest is first in the queue. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void triesAgainWhatWaitsForOtherParts(int jobs) throws Exception {
        try (TestPostgres server = TestPostgres.start()) {
            server.execute("postgres", """
                    CREATE TABLE a (id int);
                    CREATE FUNCTION in_a() RETURNS bigint LANGUAGE sql AS 'SELECT 10 / count(*) FROM public.a';
                    CREATE TABLE b (id int CHECK (public.in_a() > 0));
                    CREATE FUNCTION in_b() RETURNS bigint LANGUAGE sql AS 'SELECT 10 / (count(*) / 4) FROM public.b';
                    CREATE TABLE c (id int CHECK (public.in_b() > 0));
                    """);
            List<DumpPart> parts = List.of(
                    part(1, "public.c", 9),
                    part(2, "public.c", 8),
                    part(3, "public.b", 7),
                    part(4, "public.b", 6),
                    part(5, "public.a", 5));
            try (PartLoading loading = loading(server)) {
                loading.run(parts, jobs, () -> {});
            }
            assertThat(number(server, "SELECT count(*) FROM c")).isEqualTo(4);
        }
    }

    /** A foreign key of the target may need another part of the same table. */
    @Test
    void aPartMayNeedALaterOneOfItsTable() throws Exception {
        try (TestPostgres server = TestPostgres.start()) {
            server.execute("postgres", """
                    CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node);
                    CREATE FUNCTION give() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            IF new.id IN (SELECT id FROM public.node) THEN new.id := new.id + 10; END IF;
                            IF new.parent > 0 THEN new.id := new.id + 100; ELSE new.parent := NULL; END IF;
                            RETURN new;
                        END $$;
                    CREATE TRIGGER give BEFORE INSERT ON node FOR EACH ROW EXECUTE FUNCTION give();
                    """);
            Map<String, String> rows = Map.of("data/0001.copy", "1\t1\n2\t2\n", "data/0002.copy", "1\t0\n2\t0\n");
            List<DumpPart> parts = Stream.of(part(1, "public.node", 9), part(2, "public.node", 8))
                    .map(part -> DumpPart.builder()
                            .from(part)
                            .columns(List.of("id", "parent"))
                            .build())
                    .toList();
            try (PartLoading loading = loading(server, rows::get)) {
                loading.run(parts, 1, () -> {});
            }
            assertThat(number(server, "SELECT count(*) FROM node")).isEqualTo(4);
        }
    }

    @Test
    void doesNotTryAgainWhatIsNoRow() {
        try (TestPostgres server = TestPostgres.start()) {
            server.execute("postgres", "CREATE TABLE orders (id int); CREATE TABLE other (id int)");
            List<String> opened = new ArrayList<>();

            AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, () -> {
                try (PartLoading loading = loading(server, name -> {
                    opened.add(name);
                    return "1\t2\n2\n";
                })) {
                    loading.run(List.of(PART, part(2, "public.other", 1)), 1, () -> {});
                }
            });

            assertThat(failure.code()).isEqualTo(ErrorCode.RESTORE_FAILED);
            assertThat(failure.description()).contains("extra data after last expected column");
            assertThat(opened).containsExactly(PART.name());
        }
    }

    @Test
    void saysThatTheBytesAreDamagedIfTheServerRefusesThem() {
        try (TestPostgres server = TestPostgres.start()) {
            server.execute("postgres", "CREATE TABLE orders (id int CHECK (id > 2))");
            byte[] rows = "1\n".repeat(5_000_000).getBytes(StandardCharsets.US_ASCII);
            AutoDumpException damaged = new AutoDumpException(ErrorCode.DUMP_CORRUPT, "damaged", "use another one");
            InputStream end = new InputStream() {
                @Override
                public int read() {
                    throw damaged;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) {
                    throw damaged;
                }
            };

            assertThatThrownBy(() -> {
                        try (PartLoading loading = new PartLoading(
                                () -> DatabaseConnection.openForLongQueries(server.secret("postgres"), "test"),
                                name -> new SequenceInputStream(new ByteArrayInputStream(rows), end),
                                Optional.empty(),
                                LoadListener.of(DumpProgress.SILENT))) {
                            loading.run(List.of(PART), 1, () -> {});
                        }
                    })
                    .isSameAs(damaged);
        }
    }

    /** The parts of a table wait while one of them is refused. */
    @Test
    void triesOnlyAFewPartsOfATableWhoseRowsAreRefused() {
        try (TestPostgres server = TestPostgres.start()) {
            server.execute("postgres", "CREATE TABLE orders (id int CHECK (id > 2)); CREATE TABLE other (id int)");
            List<String> opened = new ArrayList<>();
            List<DumpPart> parts = new ArrayList<>(List.of(part(99, "public.other", 1)));
            IntStream.range(1, 50).forEach(i -> parts.add(part(i, "public.orders", 100 - i)));

            AutoDumpException failure = catchThrowableOfType(AutoDumpException.class, () -> {
                try (PartLoading loading = loading(server, name -> {
                    opened.add(name);
                    return "1\n2\n";
                })) {
                    loading.run(parts, 1, () -> {});
                }
            });

            assertThat(failure.description()).contains("data/0001.copy", "violates check constraint");
            assertThat(failure.hint().orElseThrow()).contains("calls a function that reads another table");
            assertThat(opened).hasSizeLessThanOrEqualTo(4).contains("data/0099.copy");
        }
    }

    private static DumpPart part(int number, String table, long storedBytes) {
        return DumpPart.builder()
                .from(PART)
                .name("data/%04d.copy".formatted(number))
                .table(table)
                .storedBytes(storedBytes)
                .build();
    }

    private static PartLoading loading(TestPostgres server) {
        return loading(server, name -> "1\n2\n");
    }

    private static PartLoading loading(TestPostgres server, UnaryOperator<String> rows) {
        return new PartLoading(
                () -> DatabaseConnection.openForLongQueries(server.secret("postgres"), "test"),
                name -> new ByteArrayInputStream(rows.apply(name).getBytes(StandardCharsets.US_ASCII)),
                Optional.empty(),
                LoadListener.of(DumpProgress.SILENT));
    }

    private static void awaitRefusal(TestPostgres server) {
        String refused = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test'"
                + " AND state = 'idle' AND query = 'ROLLBACK'";
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (number(server, refused) == 0) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private static long number(TestPostgres server, String query) {
        try (Connection connection = server.connection("postgres");
                var row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
