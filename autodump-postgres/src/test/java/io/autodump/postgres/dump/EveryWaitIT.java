package io.autodump.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.SilentProxy;
import io.autodump.postgres.TestDump;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.TestForm;
import io.autodump.postgres.archive.PgRestoreInspector;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.restore.PgRestore;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.program.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that a dump, a verification or a restore waits for, and everything that must end the wait. What is waited
 * for here never comes, so the limit on the tests' time tells a wait that ends from one that doesn't.
 */
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
final class EveryWaitIT {
    private static final AtomicInteger TESTS = new AtomicInteger();

    private static final Duration SHORT = Duration.ofSeconds(2);
    /** On a busy machine, the look at the server takes a part of it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONG = Duration.ofHours(1);
    private static final String REAL_RESTORE = "exec \"$RESTORE\" \"$@\"";
    private static final String REAL_DUMP = "exec \"$REAL\" \"$@\"";

    private static TestPostgres server;

    private final Path folder;

    /** Never ends within a test, and differs from every other process of the machine. */
    private final String sleep;

    /** A database that no other test uses. */
    private final String database;

    EveryWaitIT(@TempDir Path folder) {
        this.folder = folder;
        int number = TESTS.incrementAndGet();
        sleep = "sleep " + ProcessHandle.current().pid() + "%03d".formatted(number);
        database = "restored" + number;
    }

    /** What a dump may wait for; {@code $MARK} is made when it is about to. */
    enum Wait {
        PG_DUMP_SAYS_NOTHING(": >$MARK; exec $SLEEP", REAL_RESTORE),
        PG_DUMP_STOPS_IN_THE_MIDDLE("\"$REAL\" \"$@\" | (head -c 20000; : >$MARK; exec $SLEEP)", REAL_RESTORE),
        PG_DUMP_IS_STOPPED_BY_A_SIGNAL("\"$REAL\" \"$@\"; : >$MARK; kill -STOP $$", REAL_RESTORE),
        PG_DUMP_IGNORES_THE_SIGNAL_TO_END(
                "trap '' TERM; \"$REAL\" \"$@\"; : >$MARK; while :; do $SLEEP; done", REAL_RESTORE),
        PG_DUMP_HAS_CLOSED_ITS_OUTPUT("\"$REAL\" \"$@\"; : >$MARK; exec >&-; exec $SLEEP", REAL_RESTORE),
        ANOTHER_PROCESS_HOLDS_THE_OUTPUT("( $SLEEP & ); : >$MARK; exec \"$REAL\" \"$@\"", REAL_RESTORE),
        PG_RESTORE_READS_NOTHING(REAL_DUMP, ": >$MARK; exec $SLEEP"),
        PG_RESTORE_DOES_NOT_END(REAL_DUMP, "cat >/dev/null; : >$MARK; exec $SLEEP"),
        ANOTHER_PROCESS_HOLDS_THE_LIST(REAL_DUMP, "( $SLEEP & ); : >$MARK; exec \"$RESTORE\" \"$@\"");

        private final String pgDump;
        private final String pgRestore;

        Wait(String pgDump, String pgRestore) {
            this.pgDump = pgDump;
            this.pgRestore = pgRestore;
        }

        /** The program that is waited for. */
        private String program() {
            return name().startsWith("PG_RESTORE") || name().endsWith("LIST") ? "pg_restore, which" : "pg_dump";
        }
    }

    /** What must end a wait, and what is said then. */
    enum End {
        STALL(ErrorCode.DUMP_STALLED),
        TIMEOUT(ErrorCode.DUMP_TIMED_OUT),
        STOP(ErrorCode.INTERRUPTED);

        private final ErrorCode code;

        End(ErrorCode code) {
            this.code = code;
        }
    }

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        server.createDatabase("big");
        server.execute("big", TestDumps.BIG_TABLE);
        server.createDatabase("small");
        server.execute("small", TestDumps.SMALL_TABLE);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void leavesNoProcess() {
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().arguments().orElse(new String[0]))
                        .filter(arguments -> sleep.endsWith(" " + String.join(" ", arguments))))
                .as("processes of the test that are left")
                .isEmpty();
    }

    /** The short form has each wait once, and each end of a wait for either program. */
    static Stream<Arguments> waitsAndEnds() {
        return TestForm.product(List.of(Wait.values()), List.of(End.values()));
    }

    @ParameterizedTest
    @MethodSource("waitsAndEnds")
    void endsTheWaitForAProgram(Wait wait, End end) {
        PgDumpSource source = source(clients(wait.pgDump, wait.pgRestore), end);

        Throwable failure =
                failure(source, server.secret("small"), VerifyMode.ARCHIVE, end, new Sink(), this::awaitMark);

        assertFailure(failure, end);
        if (end == End.STALL) {
            assertThat(failure).hasMessageContaining(": " + wait.program());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "STALL", mode = EnumSource.Mode.EXCLUDE)
    void endsTheWaitForTheStore(End end) {
        CountDownLatch full = new CountDownLatch(1);
        OutputStream sink = new Sink() {
            @Override
            public void write(byte[] buffer, int offset, int length) {
                full.countDown();
                awaitForEver();
            }
        };

        Throwable failure =
                failure(source(real(), end), server.secret("big"), VerifyMode.ARCHIVE, end, sink, () -> await(full));

        assertFailure(failure, end);
        assertThat(Thread.interrupted()).as("an interrupt that is left over").isFalse();
    }

    /** Exporting the snapshot and counting rows both wait for the server, over a connection of their own. */
    @ParameterizedTest
    @EnumSource
    void endsTheWaitForASilentServerBeforeTheFirstByte(End end) {
        try (SilentProxy proxy = new SilentProxy(server.port())) {
            PgDumpSource source = source(real(), end);
            try (PreparedDump dump = source.prepare(behind(proxy), settings(VerifyMode.RESTORE, end))) {
                proxy.fallSilent();

                assertFailure(failure(dump, end, new Sink(), () -> {}), end);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "STALL", mode = EnumSource.Mode.EXCLUDE)
    void endsTheWaitForASilentServerThatCountsRows(End end) {
        try (SilentProxy proxy = new SilentProxy(server.port())) {
            // The dump itself goes past the proxy, so that only the connection that counts falls silent.
            String direct = "PGPORT=" + server.port() + " exec \"$REAL\" \"$@\"";
            PgDumpSource source = source(clients(direct, REAL_RESTORE), end);
            CountDownLatch begun = new CountDownLatch(1);
            OutputStream sink = new Sink() {
                @Override
                public void write(byte[] buffer, int offset, int length) {
                    begun.countDown();
                }
            };
            try (PreparedDump dump = source.prepare(behind(proxy), settings(VerifyMode.RESTORE, end))) {
                server.execute("big", "CREATE TABLE IF NOT EXISTS held (a int)");
                assertFailure(failure(dump, end, silentOnFirstByte(proxy, sink), () -> await(begun)), end);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "STALL", mode = EnumSource.Mode.EXCLUDE)
    void endsTheWaitForAServerThatLetsNobodyIn(End end) throws InterruptedException {
        try (SilentProxy proxy = new SilentProxy(server.port())) {
            proxy.fallSilent();
            assertEndsBeforeTheDump(behind(proxy), end);
        }
    }

    /** A locked catalog answers nothing, and lets users in. */
    @ParameterizedTest
    @EnumSource
    void endsTheWaitForASilentServerInThePreflight(End end) throws Exception {
        server.createDatabase(database);
        try (Connection other = server.connection(database);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK pg_catalog.pg_extension IN ACCESS EXCLUSIVE MODE");
            assertEndsBeforeTheDump(server.secret(database), end);
        }
    }

    private static void assertEndsBeforeTheDump(DatabaseSecret secret, End end) throws InterruptedException {
        Runnable prepared = () -> source(real(), end)
                .prepare(secret, settings(VerifyMode.ARCHIVE, end))
                .close();

        Throwable failure = end == End.STOP ? interrupted(prepared) : catchThrowable(prepared::run);

        assertThat(failure)
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failed -> assertThat(failed.code())
                                .as(failed.getMessage())
                                .isEqualTo(end == End.STALL ? ErrorCode.CONNECTION_FAILED : end.code));
        if (end == End.TIMEOUT) {
            assertThat(failure)
                    .hasMessageContaining("the server hadn't answered")
                    .hasMessageContaining("PT10S");
        }
        assertThat(Thread.interrupted()).as("an interrupt that is left over").isFalse();
    }

    static Stream<String> programsThatDoNotEnd() {
        return Stream.of("exec $SLEEP", "cat >/dev/null; exec $SLEEP", "( $SLEEP & ) ; exec $SLEEP");
    }

    @ParameterizedTest
    @MethodSource("programsThatDoNotEnd")
    void anInterruptEndsAVerification(String pgRestore) throws InterruptedException {
        TestDump dump = TestDump.of(server, "small", DumpFormat.CUSTOM, Compression.DEFAULT);
        PgRestoreInspector inspector = new PgRestoreInspector(clients(REAL_DUMP, pgRestore));
        assertThat(interrupted(() -> inspector.inspect(dump.manifest(), dump.open())))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED));
    }

    /** Nothing else limits the time of a verification. */
    @Test
    void aVerificationDoesNotWaitForAnotherProcessThatHoldsTheList() {
        TestDump dump = TestDump.of(server, "small", DumpFormat.CUSTOM, Compression.DEFAULT);
        PgRestoreInspector inspector =
                new PgRestoreInspector(clients(REAL_DUMP, "( $SLEEP & ); exec \"$RESTORE\" \"$@\""));
        assertThat(catchThrowable(() -> inspector.inspect(dump.manifest(), dump.open())))
                .hasMessageContaining("another process holds its output open");
    }

    @ParameterizedTest
    @MethodSource("programsThatDoNotEnd")
    void anInterruptEndsARestore(String pgRestore) throws InterruptedException {
        TestDump dump = TestDump.of(server, "small", DumpFormat.CUSTOM, Compression.DEFAULT);
        PgRestore restorer = new PgRestore(clients(REAL_DUMP, pgRestore));
        assertThat(interrupted(() -> restorer.restore(
                        dump.manifest(),
                        dump.open(),
                        server.secret(database),
                        RestoreOptions.builder().create(true).build(),
                        DumpProgress.SILENT)))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED));
    }

    @Test
    void aClientThatDoesNotSayItsVersionIsPassedOver() {
        program("pg_dump", "exec $SLEEP");
        assertThat(catchThrowable(() -> PostgresClients.of(List.of(folder)).forServer(15)))
                .isInstanceOfSatisfying(AutoDumpException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.CLIENT_NOT_FOUND);
                    assertThat(failure).hasMessageContaining("/pg_dump didn't answer --version within 10 s; ");
                });
    }

    private Throwable failure(
            PgDumpSource source,
            DatabaseSecret database,
            VerifyMode verify,
            End end,
            OutputStream sink,
            Runnable untilItWaits) {
        try (PreparedDump dump = source.prepare(database, settings(verify, end))) {
            return failure(dump, end, sink, untilItWaits);
        } catch (AutoDumpException timedOut) {
            return timedOut;
        }
    }

    private static Throwable failure(PreparedDump dump, End end, OutputStream sink, Runnable untilItWaits) {
        Thread stopper = new Thread(() -> {
            untilItWaits.run();
            dump.close();
        });
        if (end == End.STOP) {
            stopper.start();
        }
        return catchThrowable(() -> dump.writeTo(sink, DumpProgress.SILENT));
    }

    private static void assertFailure(Throwable failure, End end) {
        assertThat(failure).isInstanceOfSatisfying(AutoDumpException.class, failed -> {
            assertThat(failed.code()).as(failed.getMessage()).isEqualTo(end.code);
            assertThat(failed).hasMessageContaining("nothing was published");
        });
    }

    /** What is thrown by work on another thread that is interrupted as soon as it waits. */
    private static Throwable interrupted(Runnable work) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread worker = new Thread(() -> thrown.set(catchThrowable(work::run)));
        worker.start();
        // Whether it is interrupted before its wait or in the middle of it makes no difference.
        worker.join(SHORT.toMillis());
        worker.interrupt();
        worker.join();
        return Optional.ofNullable(thrown.get()).orElseThrow();
    }

    private static OutputStream silentOnFirstByte(SilentProxy proxy, OutputStream sink) {
        return new Sink() {
            @Override
            public void write(byte[] buffer, int offset, int length) {
                proxy.fallSilent();
                try {
                    sink.write(buffer, offset, length);
                } catch (IOException impossible) {
                    throw new AssertionError(impossible);
                }
            }
        };
    }

    private static DatabaseSecret behind(SilentProxy proxy) {
        return DatabaseSecret.builder()
                .from(server.secret("big"))
                .host("127.0.0.1")
                .port(proxy.port())
                .build();
    }

    private static DumpSettings settings(VerifyMode verify, End end) {
        DumpSettings.Builder settings = DumpSettings.builder()
                .format(DumpFormat.CUSTOM)
                .compression(Compression.NONE)
                .verify(verify);
        return end == End.TIMEOUT ? settings.timeout(TIMEOUT).build() : settings.build();
    }

    private static PgDumpSource source(PostgresClients clients, End end) {
        return PgDumpSource.builder()
                .clients(clients)
                .stallTimeout(end == End.STALL ? SHORT : LONG)
                .build();
    }

    private static PostgresClients real() {
        return PostgresClients.of(List.of(TestDumps.realClient().binFolder()));
    }

    private PostgresClients clients(String pgDump, String pgRestore) {
        PostgresClient real = TestDumps.realClient();
        program(
                "pg_dump",
                "case \"$1\" in --version) exec '" + real.program("pg_dump") + "' --version;; esac\n" + pgDump);
        program("pg_restore", pgRestore);
        return PostgresClients.of(List.of(folder));
    }

    private void program(String name, String script) {
        PostgresClient real = TestDumps.realClient();
        Script.write(
                folder.resolve(name),
                "REAL='" + real.program("pg_dump") + "'; RESTORE='" + real.program("pg_restore") + "'; MARK='"
                        + folder.resolve("mark") + "'; SLEEP='" + sleep + "'\n" + script);
    }

    private void awaitMark() {
        TestDumps.await("the program has begun", () -> Files.exists(folder.resolve("mark")));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void awaitForEver() {
        await(new CountDownLatch(1));
    }

    private static class Sink extends OutputStream {
        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {}
    }
}
