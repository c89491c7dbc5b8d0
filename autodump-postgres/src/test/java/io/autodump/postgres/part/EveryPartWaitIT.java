package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.core.restore.StoredParts;
import io.autodump.postgres.SilentProxy;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.TestForm;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.postgres.dump.PgDumpSource;
import io.autodump.postgres.restore.PgRestore;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.program.Script;
import java.io.FilterInputStream;
import java.io.InputStream;
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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a dump in several sessions and its restore wait for, and everything that must end the wait. */
@Timeout(90)
@ResourceLock(value = "the threads of part readers", mode = ResourceAccessMode.READ)
@Execution(ExecutionMode.CONCURRENT)
final class EveryPartWaitIT {
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** On a busy machine, the look at the server takes a part of it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONG = Duration.ofHours(1);
    private static final int JOBS = 2;

    private static final AtomicInteger TESTS = new AtomicInteger();

    private static TestPostgres server;

    /** A database that no other test uses. */
    private final String database = "big" + TESTS.incrementAndGet();

    private final CountDownLatch waits = new CountDownLatch(1);

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
    }

    @BeforeEach
    void fill() {
        server.execute("postgres", "CREATE DATABASE " + database + " TEMPLATE big");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void leavesNoInterrupt() {
        assertThat(Thread.interrupted()).isFalse();
    }

    /** The short form has one end of each wait, and each end at least once. */
    static Stream<End> endsOfALock() {
        return TestForm.FULL ? Stream.of(End.values()) : Stream.of(End.STOP);
    }

    static Stream<End> endsOfASession() {
        return TestForm.FULL ? Stream.of(End.values()) : Stream.of(End.STALL);
    }

    static Stream<End> endsOfRows() {
        return TestForm.FULL ? Stream.of(End.values()) : Stream.of(End.TIMEOUT);
    }

    static Stream<End> endsOfAStore() {
        return TestForm.FULL ? Stream.of(End.TIMEOUT, End.STOP) : Stream.of(End.STOP);
    }

    @ParameterizedTest
    @MethodSource("endsOfALock")
    void endsTheWaitForALockOnALargeTable(End end) throws Exception {
        try (PreparedDump dump = source(real(), end).prepare(server.secret(database), settings(end));
                Connection other = server.connection(database);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE big IN ACCESS EXCLUSIVE MODE");
            waits.countDown();

            assertFailure(failure(dump, new MemoryParts(), end), end);
        }
    }

    /** The server takes the connections of the readers and says nothing more. */
    @ParameterizedTest
    @MethodSource("endsOfASession")
    void endsTheWaitForASessionOfAReader(End end, @TempDir Path folder) {
        try (SilentProxy proxy = new SilentProxy(server.port());
                PreparedDump dump = source(
                                pastTheProxy(
                                        folder, "until [ -e '" + folder.resolve("go") + "' ]; do sleep 0.02; done"),
                                end)
                        .prepare(behind(proxy), settings(end))) {
            Thread silencer = new Thread(() -> {
                TestDumps.await("pg_dump waits", () -> Files.exists(folder.resolve("mark")));
                proxy.fallSilent();
                waits.countDown();
                Script.write(folder.resolve("go"), "");
            });
            silencer.start();

            assertFailure(failure(dump, new MemoryParts(), end), end);
        }
    }

    /** Some rows have come, and no more do. */
    @ParameterizedTest
    @MethodSource("endsOfRows")
    void endsTheWaitForARow(End end, @TempDir Path folder) {
        try (SilentProxy proxy = new SilentProxy(server.port());
                PreparedDump dump = source(pastTheProxy(folder, ":"), end).prepare(behind(proxy), settings(end))) {
            MemoryParts parts = new MemoryParts(name -> {
                if (name.startsWith("data/")) {
                    proxy.fallSilent();
                    waits.countDown();
                }
            });

            assertFailure(failure(dump, parts, end), end);
        }
    }

    @ParameterizedTest
    @MethodSource("endsOfAStore")
    void endsTheWaitForAStoreThatTakesNoRows(End end) {
        try (PreparedDump dump = source(real(), end).prepare(server.secret(database), settings(end))) {
            MemoryParts parts = new MemoryParts(name -> {
                if (name.startsWith("data/")) {
                    waits.countDown();
                    waitForEver();
                }
            });

            assertFailure(failure(dump, parts, end), end);
        }
    }

    @Test
    void anInterruptEndsTheWaitOfARestoreForAStore() throws InterruptedException {
        MemoryParts parts = new MemoryParts();
        DumpManifest manifest = dump(parts);

        assertStopped(interrupted(manifest, server.secret("from a silent store"), name -> {
            InputStream stored = parts.open(name);
            return name.startsWith("data/") ? silent(stored) : stored;
        }));
    }

    @Test
    void anInterruptEndsTheWaitOfARestoreForTheServer() throws InterruptedException {
        MemoryParts parts = new MemoryParts();
        DumpManifest manifest = dump(parts);
        try (SilentProxy proxy = new SilentProxy(server.port())) {
            DatabaseSecret target = DatabaseSecret.builder()
                    .from(behind(proxy))
                    .database("on a silent server")
                    .build();

            assertStopped(interrupted(manifest, target, name -> {
                if (name.startsWith("data/")) {
                    proxy.fallSilent();
                    waits.countDown();
                }
                return parts.open(name);
            }));
        }
    }

    private DumpManifest dump(MemoryParts parts) {
        try (PreparedDump dump = source(real(), End.STOP).prepare(server.secret(database), settings(End.STOP))) {
            return MemoryParts.manifest(
                    dump.writeParts(parts, DumpProgress.SILENT), dump.fileType(), settings(End.STOP));
        }
    }

    private InputStream silent(InputStream stored) {
        return new FilterInputStream(stored) {
            @Override
            public int read(byte[] bytes, int offset, int length) {
                waits.countDown();
                waitForEver();
                return -1;
            }
        };
    }

    private Throwable interrupted(DumpManifest manifest, DatabaseSecret target, StoredParts stored)
            throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread worker = new Thread(() -> thrown.set(catchThrowable(() -> new PgRestore(real())
                .restore(
                        manifest,
                        stored,
                        target,
                        RestoreOptions.builder().create(true).jobs(JOBS).build(),
                        DumpProgress.SILENT))));
        worker.start();
        waits.await();
        worker.interrupt();
        worker.join();
        return Optional.ofNullable(thrown.get()).orElseThrow();
    }

    private Throwable failure(PreparedDump dump, MemoryParts parts, End end) {
        Thread stopper = new Thread(() -> {
            awaitWait();
            dump.close();
        });
        if (end == End.STOP) {
            stopper.start();
        }
        Throwable failure = catchThrowable(() -> dump.writeParts(parts, DumpProgress.SILENT));
        assertThat(parts.open()).isEmpty();
        return failure;
    }

    private static void assertFailure(Throwable failure, End end) {
        assertThat(failure).isInstanceOfSatisfying(AutoDumpException.class, failed -> {
            assertThat(failed.code()).as(failed.getMessage()).isEqualTo(end.code);
            assertThat(failed).hasMessageContaining("nothing was published");
        });
    }

    private static void assertStopped(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failed -> assertThat(failed.code())
                                .as(failed.getMessage())
                                .isEqualTo(ErrorCode.INTERRUPTED));
    }

    private void awaitWait() {
        try {
            waits.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** As a store does: until it is interrupted. */
    private static void waitForEver() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
        }
        throw new IllegalStateException("interrupted");
    }

    private static PostgresClients real() {
        return PostgresClients.of(List.of(TestDumps.realClient().binFolder()));
    }

    private static PgDumpSource source(PostgresClients clients, End end) {
        return PgDumpSource.builder()
                .clients(clients)
                .leastPart(1)
                .stallTimeout(end == End.STALL ? SHORT : LONG)
                .build();
    }

    private static DumpSettings settings(End end) {
        DumpSettings.Builder settings = DumpSettings.builder().jobs(JOBS).compression(Compression.NONE);
        return end == End.TIMEOUT ? settings.timeout(TIMEOUT).build() : settings.build();
    }

    /** Makes a mark, does this, and goes past the proxy, so that only the other sessions can fall silent. */
    private static PostgresClients pastTheProxy(Path folder, String first) {
        return TestDumps.withPgDump(
                folder,
                "case \"$*\" in *--snapshot*) : >'" + folder.resolve("mark") + "'; " + first + ";; esac\nPGPORT="
                        + server.port() + " exec \"$REAL\" \"$@\"");
    }

    private DatabaseSecret behind(SilentProxy proxy) {
        return DatabaseSecret.builder()
                .from(server.secret(database))
                .host("127.0.0.1")
                .port(proxy.port())
                .build();
    }
}
