package io.autodump.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.port.DumpProgress;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.program.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What the tests of dumps share: data, fake programs, and sinks and listeners that look. */
public final class TestDumps {
    /** Some 40 MB of text, far more than all the buffers between the server and a reader hold. */
    public static final String BIG_TABLE =
            "CREATE TABLE big AS SELECT i, repeat(md5(i::text), 300) AS text" + " FROM generate_series(1, 4000) i";

    /** Some 2 MB of text that doesn't compress well: more than a pipe holds. */
    public static final String SMALL_TABLE =
            "CREATE TABLE big AS SELECT i, md5(i::text) AS text FROM generate_series(1, 50000) i";

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Each look at a server is a new session; without a pause, waiting would take a processor. */
    private static final Duration POLL = Duration.ofMillis(20);

    private TestDumps() {}

    /** The one that a dump of the test server uses. */
    public static PostgresClient realClient() {
        return client(15);
    }

    public static PostgresClient client(int serverMajor) {
        return StockPrograms.CLIENTS.forServer(serverMajor);
    }

    /** As by default, with the clients that this JVM has found before. */
    public static PgDumpSource source() {
        return PgDumpSource.builder().clients(StockPrograms.CLIENTS).build();
    }

    /** A folder of client programs in which pg_dump is this shell script; {@code $REAL} is the real one. */
    public static PostgresClients withPgDump(Path folder, String script) {
        PostgresClient real = realClient();
        Script.write(
                folder.resolve("pg_dump"),
                "REAL='" + real.program("pg_dump") + "'\n"
                        + "case \"$1\" in --version) exec \"$REAL\" --version;; esac\n" + script);
        try {
            Files.createSymbolicLink(folder.resolve("pg_restore"), real.program("pg_restore"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return PostgresClients.of(List.of(folder));
    }

    /** The running pg_dump processes that this JVM has started. */
    public static List<ProcessHandle> runningPgDumps() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/pg_dump"))
                .toList();
    }

    /** How many sessions of running dumps the server has. */
    public static long sessions(TestPostgres server) {
        try (var connection = server.connection("postgres");
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'autodump-%'")) {
            row.next();
            return row.getLong(1);
        } catch (java.sql.SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Waits for a running dump to have a session. */
    public static void awaitSession(TestPostgres server) {
        await("a dump has a session", () -> sessions(server) > 0);
    }

    /** Sessions that have ended vanish from the server's list a moment later. */
    public static void assertNoSessions(TestPostgres server) {
        await("no dump has a session", () -> sessions(server) == 0);
    }

    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Counts bytes, and does something once when rows have come, and not only an archive's contents list. */
    public static final class ActingSink extends OutputStream {
        private static final int INTO_THE_ROWS = 16 * 1024;

        private final Runnable action;
        private long bytes;

        public ActingSink(Runnable action) {
            this.action = action;
        }

        long bytes() {
            return bytes;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            boolean before = bytes < INTO_THE_ROWS;
            bytes += length;
            if (before && bytes >= INTO_THE_ROWS) {
                action.run();
            }
        }
    }

    /** Remembers what it was told. */
    public static final class RecordingProgress implements DumpProgress {
        private final List<String> tables = new CopyOnWriteArrayList<>();
        private final List<Long> bytes = Collections.synchronizedList(new ArrayList<>());

        public List<String> tables() {
            return tables;
        }

        public long lastBytes() {
            return bytes.get(bytes.size() - 1);
        }

        @Override
        public void bytes(long total) {
            bytes.add(total);
        }

        @Override
        public void table(String name) {
            tables.add(name);
        }
    }
}
