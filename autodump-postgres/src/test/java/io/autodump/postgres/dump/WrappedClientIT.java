package io.autodump.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.TestDump;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.TestForm;
import io.autodump.postgres.archive.PgRestoreInspector;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.program.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
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
import org.junit.jupiter.params.provider.ValueSource;

/** A folder of clients whose {@code pg_dump} is a wrapper that changes what comes out, or when, and exits with 0. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
final class WrappedClientIT {
    private static TestPostgres server;

    private final Path folder;

    WrappedClientIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        server.createDatabase("shop");
        server.execute("shop", """
                CREATE TABLE orders AS SELECT i, md5(i::text) AS text FROM generate_series(1, 20000) i;
                CREATE TABLE empty (a int);
                SELECT lo_from_bytea(0, decode(repeat('00ff', 100000), 'hex'));
                CREATE TABLE tail AS SELECT i FROM generate_series(1, 2000) i;
                """);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** The short form has each length once, and each format with each compression. */
    static Stream<Arguments> cuts() {
        return TestForm.product(
                List.of("100000", "0", "1", "400", "-1", "-2", "-100", "-5000"),
                List.of(DumpFormat.values()),
                List.of(Compression.NONE, Compression.DEFAULT, gzip()));
    }

    private static Compression gzip() {
        return Compression.parse("gzip").orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void refusesOutputThatIsCutShort(String length, DumpFormat format, Compression compression) {
        assertIncomplete("$REAL \"$@\" | head -c " + length + "; exit 0", format, compression);
    }

    @ParameterizedTest
    @EnumSource
    void refusesOutputThatGoesOn(DumpFormat format) {
        assertIncomplete("$REAL \"$@\"; echo", format, Compression.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void refusesOutputThatBeginsLate(DumpFormat format) {
        assertIncomplete("$REAL \"$@\" | tail -c +2", format, Compression.NONE);
    }

    @Test
    void refusesOutputWithAHole() {
        assertIncomplete(
                "$REAL \"$@\" | { dd bs=1 count=60000 2>/dev/null; dd bs=1 count=5001 2>/dev/null >&2; cat; }",
                DumpFormat.CUSTOM,
                Compression.NONE);
    }

    /** A verification by the real program would find another number of entries. */
    @ParameterizedTest
    @ValueSource(strings = {"cat >/dev/null", "exit 0", "echo nonsense", "echo \";     TOC Entries: 1\""})
    void refusesAListThatIsNotOfTheArchive(String pgRestore) {
        PostgresClients clients = clients("exec $REAL \"$@\"", "sh");
        Script.write(folder.resolve("pg_restore"), pgRestore);

        assertThat(catchThrowable(() -> run(clients, DumpFormat.CUSTOM, Compression.NONE, new ByteArrayOutputStream())))
                .isInstanceOfSatisfying(
                        AutoDumpException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_INCOMPLETE))
                .hasMessageContaining("pg_restore lists ");
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(assertIncomplete("$REAL \"$@\" | head -c 100000; exit 0", DumpFormat.CUSTOM, Compression.NONE))
                .hasMessageContaining("the rows of public.orders are incomplete, and 2 more of 4 blocks are missing;"
                        + " the archive ends in the middle of a block, after 100000 bytes");
        assertThat(assertIncomplete("$REAL \"$@\" | head -c -100; exit 0", DumpFormat.CUSTOM, Compression.NONE))
                .hasMessageContaining("the large objects are incomplete; the archive ends in the middle of a block");
    }

    static IntStream times() {
        return IntStream.range(0, TestForm.times(1, 5));
    }

    /** The shell ends before the filter has passed everything on. */
    @ParameterizedTest
    @MethodSource("times")
    void readsWhatAFilterPassesOnWhenPgDumpHasEnded(int time) {
        for (DumpFormat format : DumpFormat.values()) {
            ByteArrayOutputStream dump = new ByteArrayOutputStream();
            PostgresClients clients = clients("$REAL \"$@\" > >(sleep 0.5; head -c 50000; sleep 0.3; cat)", "bash");
            SourceReport report = run(clients, format, Compression.NONE, dump);

            assertThat(report.sourceBytes()).isEqualTo(dump.size());
            try (PreparedDump prepared =
                    source(clients).prepare(server.secret("shop"), settings(format, Compression.NONE))) {
                new PgRestoreInspector(StockPrograms.CLIENTS)
                        .inspect(TestDump.manifest(prepared.fileType()), new ByteArrayInputStream(dump.toByteArray()));
            }
        }
    }

    /** Also of the version, which is asked for first. */
    @ParameterizedTest
    @EnumSource
    void endsADumpWhoseOutputAnotherProcessHoldsOpen(DumpFormat format) {
        PgDumpSource source = PgDumpSource.builder()
                .clients(clients("( sleep 3000 & ); exec $REAL \"$@\"", "sh"))
                .stallTimeout(Duration.ofSeconds(3))
                .build();
        try (PreparedDump dump = source.prepare(server.secret("shop"), settings(format, Compression.NONE))) {
            assertThat(catchThrowable(() -> dump.writeTo(new ByteArrayOutputStream(), DumpProgress.SILENT)))
                    .isInstanceOfSatisfying(
                            AutoDumpException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DUMP_STALLED));
        }
    }

    private AutoDumpException assertIncomplete(String script, DumpFormat format, Compression compression) {
        PostgresClients clients = clients("case $1 in --version) exec $REAL $1;; esac; " + script, "sh");
        Throwable failure = catchThrowable(() -> run(clients, format, compression, new ByteArrayOutputStream()));
        assertThat(failure).isInstanceOf(AutoDumpException.class);
        assertThat(((AutoDumpException) failure).code())
                .as(failure.getMessage())
                .isEqualTo(ErrorCode.DUMP_INCOMPLETE);
        return (AutoDumpException) failure;
    }

    private static SourceReport run(
            PostgresClients clients, DumpFormat format, Compression compression, ByteArrayOutputStream sink) {
        try (PreparedDump dump = source(clients).prepare(server.secret("shop"), settings(format, compression))) {
            return dump.writeTo(sink, DumpProgress.SILENT);
        }
    }

    private static PgDumpSource source(PostgresClients clients) {
        return PgDumpSource.builder().clients(clients).build();
    }

    private static DumpSettings settings(DumpFormat format, Compression compression) {
        return DumpSettings.builder().format(format).compression(compression).build();
    }

    /** As in the folder that a configuration names. */
    private PostgresClients clients(String script, String shell) {
        PostgresClient real = TestDumps.realClient();
        Script.write(
                folder.resolve("pg_dump"),
                "exec " + shell + " -c '"
                        + script.replace("$REAL", real.program("pg_dump").toString()) + "' pg_dump \"$@\"");
        Script.write(folder.resolve("pg_restore"), "exec " + real.program("pg_restore") + " \"$@\"");
        return PostgresClients.of(List.of(folder));
    }
}
