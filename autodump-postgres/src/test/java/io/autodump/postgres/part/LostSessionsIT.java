package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.dump.DumpSettings;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.testkit.postgres.TestPostgres;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions that read parts are lost when {@code pg_dump} has written its archive, and can't tell why. */
@Timeout(120)
final class LostSessionsIT {
    private static final long PAGE = 8192;

    private TestPostgres server;

    @BeforeEach
    void start() {
        server = TestPostgres.start();
        server.createDatabase("big");
        server.execute(
                "big",
                "CREATE TABLE big AS SELECT i, repeat(md5(i::text), 300) AS text FROM generate_series(1, 12000) i");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysWhatTheServerSaidToTheSessionOfTheSnapshot() {
        AutoDumpException failure = failureAfter(once(() -> end("true")));

        assertEndedByAnAdministrator(failure);
    }

    @Test
    void saysThatTheServerWasStoppedAndNotThatItCannotBeReached() {
        AutoDumpException failure = failureAfter(once(server::close));

        assertEndedByAnAdministrator(failure);
    }

    /** The driver forgets what the server said to a session that copies. */
    @Test
    void saysThatTheConnectionWasLostIfNoSessionKnowsMore() {
        AutoDumpException failure = failureAfter(() -> end("query LIKE 'COPY (%'"));

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_FAILED);
        assertThat(failure).hasMessageContaining("the rows of table public.big (");
        assertThat(failure.hint().orElseThrow()).contains("the connection was lost", "restart, a failover or a crash");
        TestDumps.assertNoSessions(server);
    }

    /** Some session heard it: the one that failed first, or the one that holds the snapshot. */
    private static void assertEndedByAnAdministrator(AutoDumpException failure) {
        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_FAILED);
        assertThat(failure)
                .hasMessageContaining("the rows of table public.big (")
                .hasMessageFindingMatch("FATAL: terminating connection due to administrator command\\)?, after ")
                .hasMessageContaining("nothing was published");
        assertThat(failure.hint().orElseThrow()).contains("somebody ended the session or stopped the server");
    }

    /** The parts of the table are larger than the buffers between the server and a reader. */
    private AutoDumpException failureAfter(Runnable fault) {
        Object turn = new Object();
        MemoryParts parts = new MemoryParts(name -> {
            if (name.startsWith("data/")) {
                synchronized (turn) {
                    TestDumps.await(
                            "pg_dump has ended",
                            () -> TestDumps.runningPgDumps().isEmpty());
                    fault.run();
                }
            }
        });
        PgDumpSource source = PgDumpSource.builder()
                .clients(StockPrograms.CLIENTS)
                .leastPart(16 * PAGE)
                .build();
        try (PreparedDump dump = source.prepare(
                server.secret("big"), DumpSettings.builder().jobs(2).build())) {
            return catchThrowableOfType(AutoDumpException.class, () -> dump.writeParts(parts, DumpProgress.SILENT));
        }
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
    }

    private void end(String condition) {
        server.execute(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'autodump-%' AND "
                        + condition);
    }
}
