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
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    private static PartLoading loading(TestPostgres server) {
        return new PartLoading(
                () -> DatabaseConnection.openForLongQueries(server.secret("postgres"), "test"),
                name -> new ByteArrayInputStream(ROWS),
                Optional.empty(),
                LoadListener.of(DumpProgress.SILENT));
    }

    private static void awaitRefusal(TestPostgres server) {
        String refused = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test'"
                + " AND state = 'idle in transaction (aborted)'";
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
