package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.core.AutoDump;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.port.DumpProgress;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.postgres.PostgresEngine;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code pgbench} and others write to a database while it is dumped with four sessions. The others grow one table,
 * replace the rows of two by {@code TRUNCATE} and {@code INSERT}, and rewrite one by {@code VACUUM FULL}. Each
 * transaction keeps sums over tables, and so must each dump.
 */
@Timeout(3600)
class PartsUnderLoadIT {
    private static final String BANK = "bank";
    private static final long LEAST_PART = 512 * 1024;
    private static final long PAUSE_NANOS = 6_000_000_000L;

    private static final String TABLES = """
            CREATE TABLE grown (id bigint, filler text);
            INSERT INTO grown SELECT i, repeat('g', 200) FROM generate_series(1, 30000) i;
            CREATE TABLE staged (batch bigint, n integer, filler text);
            INSERT INTO staged SELECT 0, i, repeat('s', 200) FROM generate_series(1, 30000) i;
            CREATE TABLE staged_small (batch bigint, n integer);
            INSERT INTO staged_small SELECT 0, i FROM generate_series(1, 100) i;
            CREATE TABLE rewritten (id integer, filler text);
            INSERT INTO rewritten SELECT i, repeat('r', 200) FROM generate_series(1, 30000) i;
            CREATE TABLE growth AS SELECT 30000::bigint AS rows;
            CREATE TABLE stage AS SELECT 0::bigint AS batch;
            CREATE TABLE small_stage AS SELECT 0::bigint AS batch;
            """;

    private static final List<String> WRITES = List.of(
            "INSERT INTO grown SELECT rows + i, repeat('g', 200) FROM growth, generate_series(1, 100) i;"
                    + "UPDATE growth SET rows = rows + 100",
            "UPDATE stage SET batch = batch + 1; TRUNCATE staged;"
                    + "INSERT INTO staged SELECT batch, i, repeat('s', 200) FROM stage, generate_series(1, 30000) i",
            "UPDATE small_stage SET batch = batch + 1; TRUNCATE staged_small;"
                    + "INSERT INTO staged_small SELECT batch, i FROM small_stage, generate_series(1, 100) i",
            "UPDATE rewritten SET filler = reverse(filler) WHERE id % 10 = 0",
            "VACUUM FULL rewritten");

    /** Each is true in every snapshot. */
    private static final Map<String, String> INVARIANTS = Map.of(
            "accounts",
                    "SELECT (SELECT sum(abalance) FROM pgbench_accounts) - (SELECT sum(bbalance) FROM pgbench_branches)",
            "tellers",
                    "SELECT (SELECT sum(tbalance) FROM pgbench_tellers) - (SELECT sum(bbalance) FROM pgbench_branches)",
            "history",
                    "SELECT (SELECT coalesce(sum(delta), 0) FROM pgbench_history)"
                            + " - (SELECT sum(bbalance) FROM pgbench_branches)",
            "grown", "SELECT count(*) - (SELECT rows FROM growth) FROM grown",
            "grown once", "SELECT count(*) - count(DISTINCT id) FROM grown",
            "staged", "SELECT 30000 - count(*) FROM staged WHERE batch = (SELECT batch FROM stage)",
            "staged alone", "SELECT 30000 - count(*) FROM staged",
            "small", "SELECT 100 - count(*) FROM staged_small WHERE batch = (SELECT batch FROM small_stage)",
            "rewritten", "SELECT 30000 - count(DISTINCT id) FROM rewritten",
            "rewritten once", "SELECT 30000 - count(*) FROM rewritten");

    private final TestPostgres server = ChaosDatabase.server();
    private final AutoDump autoDump;
    private final AtomicBoolean enough = new AtomicBoolean();

    PartsUnderLoadIT(@TempDir Path folder) {
        autoDump = AutoDump.builder()
                .engine(PostgresEngine.builder().leastPart(LEAST_PART).build())
                .dumpStore(new DirectoryDumpStore(folder))
                .build();
    }

    @Test
    void holdsTheSumsOfADatabaseThatIsWrittenTo() throws Exception {
        Path pgbench = Clients.folder().resolve("pgbench");
        assumeTrue(Files.isExecutable(pgbench), "pgbench is installed");
        server.dropDatabase(BANK);
        server.createDatabase(BANK);
        server.execute(BANK, TABLES);
        assertThat(start(pgbench, "--initialize", "--quiet", "--scale=" + (ChaosForm.isFull() ? 5 : 1))
                        .waitFor())
                .isZero();
        Process load = start(pgbench, "--client=2", "--time=3600", "--no-vacuum");
        List<Thread> writers = new ArrayList<>();
        WRITES.forEach(sql -> writers.add(writer(sql)));
        try {
            for (int i = 0; i < ChaosForm.times(1, 20); i++) {
                dumpAndRestore(Instant.now().minusSeconds(100 - i));
                assertThat(load.isAlive()).isTrue();
            }
        } finally {
            enough.set(true);
            load.destroyForcibly().waitFor();
            for (Thread writer : writers) {
                writer.join();
            }
        }
        server.dropDatabase(BANK);
    }

    private void dumpAndRestore(Instant when) {
        long before = transactions();
        DumpManifest dump = autoDump.dump(
                        BANK,
                        server.secret(BANK),
                        DumpSettings.builder().jobs(4).build(),
                        when,
                        DumpProgress.SILENT)
                .manifest();
        assertThat(transactions()).as("writes during the dump").isGreaterThan(before);
        assertThat(dump.parts().data()).hasSizeGreaterThan(4);
        autoDump.restore(
                dump.key(),
                server.secret("bank again"),
                RestoreOptions.builder().create(true).jobs(4).build(),
                DumpProgress.SILENT);
        INVARIANTS.forEach((name, query) -> assertThat(PartsDatabase.number(server, "bank again", query))
                .as(name)
                .isZero());
        server.dropDatabase("bank again");
        autoDump.delete(dump.key());
    }

    /** Only those that write have a number. */
    private long transactions() {
        return PartsDatabase.number(server, BANK, "SELECT txid_snapshot_xmax(txid_current_snapshot())");
    }

    /** Writes until it is enough, now and then. Another transaction may win. */
    private Thread writer(String sql) {
        Random random = ChaosForm.random(sql);
        Thread thread = new Thread(() -> {
            try (Connection connection = server.connection(BANK);
                    Statement statement = connection.createStatement()) {
                while (!enough.get()) {
                    write(statement, sql);
                    LockSupport.parkNanos(random.nextLong(PAUSE_NANOS));
                }
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
        thread.setName("writer");
        thread.start();
        return thread;
    }

    private void write(Statement statement, String sql) throws SQLException {
        try {
            statement.execute(sql);
        } catch (SQLException failed) {
            assertThat(failed.getSQLState()).as(failed.getMessage()).isIn("40P01", "40001");
        }
    }

    private Process start(Path pgbench, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(pgbench.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "PGHOST", server.host(),
                        "PGPORT", String.valueOf(server.port()),
                        "PGUSER", TestPostgres.SUPERUSER,
                        "PGPASSWORD", server.password().reveal(),
                        "PGDATABASE", BANK));
        return builder.start();
    }
}
