package io.autodump.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.TestDumps.ActingSink;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.program.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class PgDumpFailureIT {
    private static final Duration SHORT = Duration.ofMillis(700);

    /** A busy machine takes a second to start a program. */
    private static final Duration LONG_ENOUGH_TO_START = Duration.ofSeconds(5);

    private static TestPostgres server;

    private final Path folder;

    PgDumpFailureIT(@TempDir Path folder) {
        this.folder = folder;
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
    void leavesNothingBehind() throws IOException {
        assertThat(TestDumps.runningPgDumps()).isEmpty();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String own = "autodump-" + ProcessHandle.current().pid() + "-";
            assertThat(files.map(file -> String.valueOf(file.getFileName()))).noneMatch(name -> name.startsWith(own));
        }
    }

    @ParameterizedTest
    @EnumSource(DumpFormat.class)
    void saysThatAKilledPgDumpWasKilled(DumpFormat format) {
        ActingSink sink = new ActingSink(() -> TestDumps.runningPgDumps().forEach(ProcessHandle::destroyForcibly));

        AutoDumpException failure = failure(TestDumps.source(), settings(format), sink);

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_KILLED);
        assertThat(failure).hasMessageContaining("signal 9").hasMessageContaining("nothing was published");
        assertThat(failure.hint().orElseThrow()).contains("memory");
    }

    @ParameterizedTest
    @EnumSource(DumpFormat.class)
    void failsWhenPgDumpExitsWith1AfterAWholeDump(DumpFormat format) {
        PgDumpSource source = source("\"$REAL\" \"$@\"; echo 'pg_dump: error: late trouble' >&2; exit 1");

        AutoDumpException failure = failure(source, settings(format), OutputStream.nullOutputStream());

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_FAILED);
        assertThat(failure.description())
                .matches("pg_dump exited with status 1 after \\d+\\.\\d MiB; nothing was published: late trouble");
    }

    @Test
    void namesTheCauseWhenTheServerEndsTheSession() {
        ActingSink sink = new ActingSink(() -> server.execute(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'autodump-%'"));

        AutoDumpException failure = failure(TestDumps.source(), settings(DumpFormat.CUSTOM), sink);

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_FAILED);
        assertThat(failure).hasMessageContaining("\"big\"").hasMessageContaining("connection");
        assertThat(failure.hint().orElseThrow()).contains("server's log");
    }

    @Test
    void namesTheCauseWhenTheServerStops() {
        try (TestPostgres other = TestPostgres.start()) {
            other.createDatabase("big");
            other.execute("big", TestDumps.BIG_TABLE);
            try (PreparedDump dump = TestDumps.source().prepare(other.secret("big"), settings(DumpFormat.CUSTOM))) {
                AutoDumpException failure = catchThrowableOfType(
                        AutoDumpException.class, () -> dump.writeTo(new ActingSink(other::close), DumpProgress.SILENT));

                assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_FAILED);
                assertThat(failure).hasMessageContaining("nothing was published");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DumpFormat.class)
    void refusesOutputThatIsCutShortThoughPgDumpExitsWith0(DumpFormat format) {
        PgDumpSource source = source("\"$REAL\" \"$@\" | head -c 400; exit 0");

        AutoDumpException failure = failure(source, settings(format), OutputStream.nullOutputStream());

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_INCOMPLETE);
    }

    @ParameterizedTest
    @EnumSource(DumpFormat.class)
    void refusesNoOutputThoughPgDumpExitsWith0(DumpFormat format) {
        AutoDumpException failure = failure(source("exit 0"), settings(format), OutputStream.nullOutputStream());

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_INCOMPLETE);
    }

    @Test
    void endsADumpThatStalls() {
        PgDumpSource source = PgDumpSource.builder()
                .clients(TestDumps.withPgDump(folder, "echo begun; echo 'reading along' >&2; exec sleep 600"))
                .stallTimeout(LONG_ENOUGH_TO_START)
                .build();

        AutoDumpException failure = failure(source, settings(DumpFormat.PLAIN), OutputStream.nullOutputStream());

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_STALLED);
        assertThat(failure).hasMessageContaining("pg_dump made no progress for PT5S, after 6 bytes");
    }

    @Test
    void endsAChildOfAWrapperThatHoldsTheOutputOpen() {
        PgDumpSource source = PgDumpSource.builder()
                .clients(TestDumps.withPgDump(folder, "echo begun; sleep 600; exit 0"))
                .stallTimeout(SHORT)
                .build();

        AutoDumpException failure = failure(source, settings(DumpFormat.PLAIN), OutputStream.nullOutputStream());

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_STALLED);
    }

    @Test
    void takesProgressOnStderrForASignOfLife() {
        PgDumpSource source = PgDumpSource.builder()
                .clients(TestDumps.withPgDump(folder, """
                    for i in 1 2 3 4 5 6 7 8; do echo 'pg_dump: reading schemas' >&2; sleep 0.8; done
                    exec "$REAL" "$@"
                    """))
                .stallTimeout(LONG_ENOUGH_TO_START)
                .build();

        try (PreparedDump dump = source.prepare(server.secret("postgres"), settings(DumpFormat.PLAIN))) {
            assertThat(dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT)
                            .sourceBytes())
                    .isPositive();
        }
    }

    @Test
    void doesNotBlameTheSourceForASlowStore() {
        PgDumpSource source =
                PgDumpSource.builder().stallTimeout(LONG_ENOUGH_TO_START).build();
        CompletableFuture<Void> longEnough = CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(
                        LONG_ENOUGH_TO_START.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS));

        try (PreparedDump dump = source.prepare(server.secret("big"), settings(DumpFormat.CUSTOM))) {
            assertThat(dump.writeTo(new ActingSink(longEnough::join), DumpProgress.SILENT)
                            .sourceBytes())
                    .isPositive();
        }
    }

    @Test
    void endsADumpThatTakesTooLong() {
        PgDumpSource source = source("while echo 'still here'; do sleep 0.05; done");
        DumpSettings settings = DumpSettings.builder()
                .from(settings(DumpFormat.PLAIN))
                .timeout(SHORT)
                .build();

        AutoDumpException failure = failure(source, settings, OutputStream.nullOutputStream());

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_TIMED_OUT);
        assertThat(failure.hint().orElseThrow()).contains("autodump:timeout");
    }

    @Test
    void givesUpWaitingForALockAndSaysSo() throws SQLException {
        server.execute("postgres", "CREATE TABLE IF NOT EXISTS locked (a int)");
        PgDumpSource source = PgDumpSource.builder().lockWaitTimeout(SHORT).build();
        try (Connection connection = server.connection("postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE");

            try (PreparedDump dump = source.prepare(server.secret("postgres"), settings(DumpFormat.CUSTOM))) {
                assertThatThrownBy(() -> dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT))
                        .isInstanceOfSatisfying(AutoDumpException.class, failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_FAILED);
                            assertThat(failure.hint().orElseThrow()).contains("lock");
                        });
            }
        }
    }

    /** A migration that waits behind a dump's lock stops everything that comes after it. */
    @Test
    void givesUpItsLocksWhenOthersWaitForThemTooLong() throws Exception {
        DumpSettings settings = DumpSettings.builder()
                .from(settings(DumpFormat.CUSTOM))
                .maxBlocking(DumpSettings.LEAST_MAX_BLOCKING)
                .build();
        server.execute("big", "CREATE TABLE IF NOT EXISTS altered (a int)");
        CompletableFuture<Void> migration = new CompletableFuture<>();
        ActingSink sink = new ActingSink(() -> {
            CompletableFuture<Void> altering =
                    CompletableFuture.runAsync(() -> server.execute("big", "ALTER TABLE altered ADD COLUMN b int"));
            awaitWaiting();
            // The upload is slow, and the dump therefore holds its locks.
            altering.join();
            migration.complete(null);
        });

        AutoDumpException failure = failure(TestDumps.source(), settings, sink);

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_BLOCKED_OTHERS);
        assertThat(failure)
                .hasMessageContaining("for longer than PT1S: session ")
                .hasMessageContaining("of user postgres")
                .hasMessageContaining("waits for AccessExclusiveLock on public.altered; nothing was published");
        assertThat(migration).isCompleted();
        server.execute("big", "DROP TABLE altered");
        TestDumps.assertNoSessions(server);
    }

    private static void awaitWaiting() {
        try (Connection connection = server.connection("big");
                Statement statement = connection.createStatement()) {
            TestDumps.await("a lock is waited for", () -> isLockWaitedFor(statement));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static boolean isLockWaitedFor(Statement statement) {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_locks WHERE NOT granted")) {
            row.next();
            return row.getLong(1) > 0;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Between its look into the catalogue and its locks, tables come and go; the next look is at another catalogue. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "query failed: ERROR:  relation \"public.t17\" does not exist",
                "query failed: ERROR:  could not open relation with OID 16999",
                "query failed: ERROR:  cache lookup failed for index 17000",
                "schema with OID 17123 does not exist"
            })
    void triesAgainAtOnceWhenARelationVanishes(String said) throws IOException {
        Files.writeString(folder.resolve("failures"), "3");
        PgDumpSource source = source("""
            left=$(cat "$(dirname "$0")/failures")
            if [ "$left" -gt 0 ]; then
                echo $((left - 1)) > "$(dirname "$0")/failures"
                echo 'pg_dump: error: %s' >&2
                exit 1
            fi
            exec "$REAL" "$@"
            """.formatted(said));
        DumpSettings settings = DumpSettings.builder()
                .from(settings(DumpFormat.PLAIN))
                .compression(new Compression(Compression.Algorithm.GZIP, 1))
                .verify(VerifyMode.RESTORE)
                .build();
        ByteArrayOutputStream script = new ByteArrayOutputStream();

        try (PreparedDump dump = source.prepare(server.secret("small"), settings)) {
            assertThat(dump.writeTo(script, DumpProgress.SILENT).tables()).isNotEmpty();
        }
        try (InputStream whole = new GZIPInputStream(new ByteArrayInputStream(script.toByteArray()))) {
            assertThat(new String(whole.readAllBytes(), StandardCharsets.UTF_8))
                    .containsOnlyOnce("-- PostgreSQL database dump\n");
        }
    }

    /** A migration drops one table after another. */
    @Test
    void waitsBeforeItTriesAgainWhenOneRelationAfterTheOtherVanishes() throws IOException {
        Files.writeString(folder.resolve("failures"), "4");
        PgDumpSource source = source("""
            left=$(cat "$(dirname "$0")/failures")
            if [ "$left" -gt 0 ]; then
                echo $((left - 1)) > "$(dirname "$0")/failures"
                echo "pg_dump: error: query failed: ERROR:  relation \\"public.t$left\\" does not exist" >&2
                exit 1
            fi
            exec "$REAL" "$@"
            """);

        try (PreparedDump dump = source.prepare(server.secret("big"), settings(DumpFormat.CUSTOM))) {
            assertThat(dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT)
                            .sourceBytes())
                    .isPositive();
        }
    }

    /** A number isn't given twice: the catalog has a row without its object. */
    @Test
    void triesNoMoreThanFourTimesWhenTheSameNumberIsMissing() throws IOException {
        PgDumpSource source = source("""
            echo again >> "$(dirname "$0")/attempts"
            echo 'pg_dump: error: query failed: ERROR:  could not open relation with OID 4711' >&2
            exit 1
            """);

        AutoDumpException failure = failure(source, settings(DumpFormat.CUSTOM), OutputStream.nullOutputStream());

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_FAILED);
        assertThat(failure).hasMessageContaining("could not open relation with OID 4711 (4 tries in ");
        assertThat(failure.hint().orElseThrow()).contains("the catalog has a row without its object");
        assertThat(Files.readAllLines(folder.resolve("attempts"))).hasSize(4);
    }

    /** A name can be that of a new object each time. */
    @Test
    void triesUntilItsTimeIsOverWhenTheSameNameIsMissing() throws IOException {
        PgDumpSource source = source("""
            echo again >> "$(dirname "$0")/attempts"
            echo 'pg_dump: error: query failed: ERROR:  relation "public.t" does not exist' >&2
            exit 1
            """);
        Path attempts = folder.resolve("attempts");
        AutoDumpException failure;
        Duration time = Duration.ofSeconds(1);
        do {
            // A busy machine needs more time for a fifth try.
            Files.deleteIfExists(attempts);
            time = time.multipliedBy(2);
            DumpSettings settings = DumpSettings.builder()
                    .from(settings(DumpFormat.CUSTOM))
                    .timeout(time)
                    .build();
            failure = failure(source, settings, OutputStream.nullOutputStream());
        } while (Files.readAllLines(attempts).size() <= 4 && time.compareTo(Duration.ofMinutes(1)) < 0);

        assertThat(failure)
                .hasMessageMatching(".*relation \"public.t\" does not exist \\(\\d+ tries in \\d+ seconds\\)");
        assertThat(failure.hint().orElseThrow()).contains("run the dump at a quieter time");
        assertThat(Files.readAllLines(attempts)).hasSizeGreaterThan(4);
    }

    @Test
    void triesNothingAgainOfWhichBytesWerePassedOn() throws IOException {
        PgDumpSource source = source("""
            echo again >> "$(dirname "$0")/attempts"
            echo some
            echo 'pg_dump: error: query failed: ERROR:  relation "public.t" does not exist' >&2
            exit 1
            """);

        failure(source, settings(DumpFormat.PLAIN), OutputStream.nullOutputStream());

        assertThat(Files.readAllLines(folder.resolve("attempts"))).hasSize(1);
    }

    @Test
    void letsTheSinksOwnExceptionThrough() {
        IllegalStateException full = new IllegalStateException("the store is full");
        for (DumpFormat format : DumpFormat.values()) {
            for (Compression compression : List.of(Compression.NONE, Compression.DEFAULT)) {
                DumpSettings settings = DumpSettings.builder()
                        .format(format)
                        .compression(compression)
                        .build();
                try (PreparedDump dump = TestDumps.source().prepare(server.secret("big"), settings)) {
                    assertThatThrownBy(() -> dump.writeTo(
                                    new ActingSink(() -> {
                                        throw full;
                                    }),
                                    DumpProgress.SILENT))
                            .isSameAs(full);
                    assertThat(TestDumps.runningPgDumps()).isEmpty();
                }
            }
        }
        TestDumps.assertNoSessions(server);
    }

    @Test
    void wrapsTheSinksIoException() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("broken");
            }
        };
        try (PreparedDump dump = TestDumps.source().prepare(server.secret("big"), settings(DumpFormat.CUSTOM))) {
            assertThatThrownBy(() -> dump.writeTo(broken, DumpProgress.SILENT))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasRootCauseMessage("broken");
        }
    }

    @Test
    void isStoppedByCloseFromAnotherThreadHereAndOnTheServer() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        DumpSettings settings = DumpSettings.builder()
                .from(settings(DumpFormat.CUSTOM))
                .verify(VerifyMode.RESTORE)
                .build();
        PreparedDump dump = TestDumps.source().prepare(server.secret("big"), settings);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
            await(begun);
            dump.close();
            closed.countDown();
        });

        assertThatThrownBy(() -> dump.writeTo(
                        new ActingSink(() -> {
                            begun.countDown();
                            await(closed);
                        }),
                        DumpProgress.SILENT))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED));

        closing.orTimeout(1, TimeUnit.MINUTES).join();
        dump.close();
        TestDumps.assertNoSessions(server);
    }

    @Test
    void leavesNoSessionOnTheServerEvenIfTheChildIsGoneWithoutAGoodbye() {
        // A wrapper that is killed leaves its pg_dump alone, waiting for a lock that never comes.
        server.execute("big", "CREATE TABLE IF NOT EXISTS waits (a int)");
        try (Connection connection = server.connection("big");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE waits IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Void> killing = CompletableFuture.runAsync(() -> {
                TestDumps.awaitSession(server);
                TestDumps.runningPgDumps().forEach(ProcessHandle::destroyForcibly);
            });

            AutoDumpException failure =
                    failure(TestDumps.source(), settings(DumpFormat.CUSTOM), OutputStream.nullOutputStream());

            killing.orTimeout(1, TimeUnit.MINUTES).join();
            assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_KILLED);
            TestDumps.assertNoSessions(server);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        } finally {
            server.execute("big", "DROP TABLE waits");
        }
    }

    @Test
    void doesNotStartOnceClosed() {
        PreparedDump dump = TestDumps.source().prepare(server.secret("big"), settings(DumpFormat.CUSTOM));
        dump.close();

        assertThatThrownBy(() -> dump.writeTo(OutputStream.nullOutputStream(), DumpProgress.SILENT))
                .isInstanceOf(AutoDumpException.class);
    }

    @Test
    void survivesALineOfManyMegabytesOnStderr() {
        PgDumpSource source = source("""
            head -c 10000000 /dev/zero | tr '\\0' 'x' >&2
            echo >&2; echo "pg_dump: error: after the flood, $PGUSER" >&2; exit 3
            """);

        AutoDumpException failure = failure(source, settings(DumpFormat.PLAIN), OutputStream.nullOutputStream());

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_PROCESS_FAILED);
        assertThat(failure.getMessage()).endsWith("after the flood, postgres").hasSizeLessThan(10_000);
    }

    @Test
    void hidesThePasswordShouldPgDumpEverPrintIt() {
        PgDumpSource source = source("sed 's/.*:/pg_dump: error: password /' \"$PGPASSFILE\" >&2; exit 1");

        AutoDumpException failure = failure(source, settings(DumpFormat.PLAIN), OutputStream.nullOutputStream());

        assertThat(failure).hasMessageEndingWith("password ***");
    }

    @Test
    void hidesThePasswordShouldThePgRestoreThatChecksTheArchivePrintIt() throws IOException {
        PgDumpSource source = source("exec \"$REAL\" \"$@\"");
        Path pgRestore = folder.resolve("pg_restore");
        Files.delete(pgRestore);
        Script.write(
                pgRestore,
                "cat > /dev/null; echo 'pg_restore: error: " + server.password().reveal() + " boom' >&2; exit 1");

        AutoDumpException failure = failure(source, settings(DumpFormat.CUSTOM), OutputStream.nullOutputStream());

        assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_INCOMPLETE);
        assertThat(failure).hasMessageContaining("*** boom");
    }

    private PgDumpSource source(String script) {
        return PgDumpSource.builder()
                .clients(TestDumps.withPgDump(folder, script))
                .build();
    }

    private static AutoDumpException failure(PgDumpSource source, DumpSettings settings, OutputStream sink) {
        try (PreparedDump dump = source.prepare(server.secret("big"), settings)) {
            return catchThrowableOfType(AutoDumpException.class, () -> dump.writeTo(sink, DumpProgress.SILENT));
        }
    }

    private static DumpSettings settings(DumpFormat format) {
        return DumpSettings.builder()
                .format(format)
                .compression(Compression.NONE)
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES))
                    .as("it comes within a minute")
                    .isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
