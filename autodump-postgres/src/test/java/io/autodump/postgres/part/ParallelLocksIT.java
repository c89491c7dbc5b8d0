package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpPart;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.postgres.restore.PgRestore;
import io.autodump.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Other sessions want a table for themselves while a parallel dump begins or reads. */
@Timeout(120)
final class ParallelLocksIT {
    private static final long PAGE = 8192;
    private static final int ROWS = 30_000;

    /** A dump that waits behind its own locks would give up then. */
    private static final DumpSettings SETTINGS =
            DumpSettings.builder().jobs(3).maxBlocking(Duration.ofSeconds(8)).build();

    private static TestPostgres server;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void fill() {
        server.dropDatabase("shop");
        server.createDatabase("shop");
        server.execute(
                "shop",
                "CREATE TABLE big AS SELECT i, md5(i::text) AS text FROM generate_series(1, " + ROWS + ") i;"
                        + "CREATE TABLE small AS SELECT 1 AS one");
    }

    @Test
    void readsOnWhileATruncateWaitsForIt() {
        List<CompletableFuture<Void>> truncating = new ArrayList<>();
        MemoryParts parts = new MemoryParts(name -> {
            synchronized (truncating) {
                if (name.startsWith("data/") && truncating.isEmpty()) {
                    truncating.add(CompletableFuture.runAsync(() -> server.execute("shop", "TRUNCATE big")));
                    await("SELECT count(*) FROM pg_locks WHERE NOT granted", 1);
                }
            }
        });

        SourceReport report = dump(PgDumpSource.builder(), parts);
        truncating.forEach(CompletableFuture::join);

        assertThat(report.parts().data().stream().mapToLong(DumpPart::rows).sum())
                .isEqualTo(ROWS);
        assertThat(number("SELECT count(*) FROM big")).isZero();
        TestDumps.assertNoSessions(server);
    }

    /** It waits for the dump, and pg_dump would wait behind it. */
    @Test
    void beginsAgainIfATruncateGetsBetweenItsLocks(@TempDir Path folder) {
        String script = "if mkdir '" + folder + "/once'; then export PGAPPNAME=other\n"
                + "psql -qXc 'TRUNCATE big' </dev/null >/dev/null 2>&1 &\n"
                + "until [ \"$(psql -qXAtc 'SELECT count(*) FROM pg_locks WHERE NOT granted')\" = 1 ]; do :; done; fi\n"
                + "exec \"$REAL\" \"$@\"";
        MemoryParts parts = new MemoryParts();

        SourceReport report = dump(PgDumpSource.builder().clients(TestDumps.withPgDump(folder, script)), parts);

        assertThat(folder.resolve("once")).isDirectory();
        assertThat(report.parts().data()).as("an empty table has no parts").isEmpty();
        assertThat(number("SELECT count(*) FROM big")).isZero();
        TestDumps.assertNoSessions(server);
    }

    /** A snapshot doesn't hide a TRUNCATE, and pg_dump takes its locks when the snapshot is there already. */
    @Test
    void losesNoRowsOfASmallTableThatIsTruncatedMeanwhile(@TempDir Path folder) {
        String script = "if mkdir '" + folder + "/once'; then\n"
                + "psql -qX1c 'TRUNCATE small' -c 'INSERT INTO small VALUES (2)' </dev/null >/dev/null 2>&1; fi\n"
                + "exec \"$REAL\" \"$@\"";
        PgDumpSource.Builder source = PgDumpSource.builder().clients(TestDumps.withPgDump(folder, script));
        MemoryParts parts = new MemoryParts();
        SourceReport report;
        try (PreparedDump dump = source.leastPart(16 * PAGE).build().prepare(server.secret("shop"), SETTINGS)) {
            report = dump.writeParts(parts, DumpProgress.SILENT);
            new PgRestore(StockPrograms.CLIENTS)
                    .restore(
                            MemoryParts.manifest(report, dump.fileType(), SETTINGS),
                            parts,
                            server.secret("again"),
                            RestoreOptions.builder().create(true).build(),
                            DumpProgress.SILENT);
        }

        assertThat(number("again", "SELECT count(*) FROM small")).isEqualTo(1);
        assertThat(number("again", "SELECT count(*) FROM big")).isEqualTo(ROWS);
    }

    private static SourceReport dump(PgDumpSource.Builder source, MemoryParts parts) {
        try (PreparedDump dump = source.leastPart(16 * PAGE).build().prepare(server.secret("shop"), SETTINGS)) {
            assertThat(dump.jobs()).isEqualTo(3);
            return dump.writeParts(parts, DumpProgress.SILENT);
        }
    }

    private static void await(String query, long wanted) {
        TestDumps.await(query, () -> number(query) == wanted);
    }

    private static long number(String query) {
        return number("shop", query);
    }

    private static long number(String database, String query) {
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
