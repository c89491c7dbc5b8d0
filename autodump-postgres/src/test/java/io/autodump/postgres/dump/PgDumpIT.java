package io.autodump.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.Compression.Algorithm;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.SourceReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.PreparedDump;
import io.autodump.postgres.TestDumps;
import io.autodump.postgres.TestDumps.ActingSink;
import io.autodump.postgres.TestDumps.RecordingProgress;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.program.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PgDumpIT {
    private static final String CLOSING_LINE = "\n-- PostgreSQL database dump complete\n";

    private static TestPostgres server;

    @BeforeAll
    static void startServer() {
        server = TestPostgres.start();
        server.createDatabase("shop");
        server.execute("shop", """
                CREATE SCHEMA sales; CREATE SCHEMA "odd ""name"".x";
                CREATE TABLE sales.orders (id bigint GENERATED ALWAYS AS IDENTITY, at date) PARTITION BY RANGE (at);
                CREATE TABLE sales.orders_2025 PARTITION OF sales.orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
                CREATE TABLE sales.orders_2026 PARTITION OF sales.orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                INSERT INTO sales.orders (at) SELECT date '2025-12-01' + i % 60 FROM generate_series(1, 6000) i;
                CREATE TABLE "odd ""name"".x"."täble %s" AS SELECT generate_series(1, 17) AS a;
                CREATE TABLE log AS SELECT i, repeat('x', 100) AS line FROM generate_series(1, 50000) i;
                CREATE MATERIALIZED VIEW report AS SELECT count(*) FROM log;
                SELECT lo_from_bytea(0, 'large');
                """);
        server.createDatabase("big");
        server.execute("big", TestDumps.BIG_TABLE);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CUSTOM, zstd:3, 1",
        "CUSTOM, zstd:9, 2",
        "CUSTOM, gzip:6, 1",
        "CUSTOM, none, 1",
        "PLAIN, zstd:3, 1",
        "PLAIN, zstd:1, 2",
        "PLAIN, gzip:1, 1",
        "PLAIN, none, 1"
    })
    void writesAFileThatIsWhatItSaysItIs(DumpFormat format, String compression, int jobs) throws IOException {
        DumpSettings settings = DumpSettings.builder()
                .format(format)
                .compression(Compression.parse(compression).orElseThrow())
                .jobs(jobs)
                .build();
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        RecordingProgress progress = new RecordingProgress();

        try (PreparedDump dump = PgDumpSource.create().prepare(server.secret("shop"), settings)) {
            SourceReport report = dump.writeTo(sink, progress);

            byte[] raw = opened(
                    sink.toByteArray(), dump.fileType().outerCompression().algorithm());
            assertThat(report.sourceBytes()).isEqualTo(raw.length).isEqualTo(progress.lastBytes());
            assertThat(report.clientVersion()).isEqualTo(TestDumps.realClient().version());
            assertThat(report.serverVersion()).startsWith("15.");
            assertThat(report.replica()).isFalse();
            assertThat(report.roles()).contains("postgres");
            assertThat(dump.fileType().format()).isEqualTo(format);
            assertThat(dump.databaseBytes()).isGreaterThan(1_000_000);
            if (format == DumpFormat.CUSTOM) {
                assertThat(new String(raw, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("PGDMP");
                assertThat(report.archiveEntries()).contains(listedEntries(raw));
            } else {
                assertThat(new String(raw, StandardCharsets.UTF_8)).contains(CLOSING_LINE);
                assertThat(report.archiveEntries()).isEmpty();
            }
        }
        assertThat(progress.tables())
                .containsExactlyInAnyOrder(
                        "odd \"name\".x.täble %s", "public.log", "sales.orders_2025", "sales.orders_2026");
    }

    static Stream<Arguments> oddNamesAndPasswords() {
        return Stream.of(
                Arguments.of("-leading", "a:b\\c'd\"e f"),
                Arguments.of("a=b c'd\"é%20%", "\\"),
                Arguments.of("postgres://h/x", ":"),
                Arguments.of("host=elsewhere", " leading and trailing "),
                Arguments.of(" ", "#comment"),
                Arguments.of("back\\slash", "pässwörd€"),
                Arguments.of("semi;colon", "*:*:*:*:x"),
                Arguments.of("emoji 😀 +&?#/", "%41"));
    }

    @ParameterizedTest
    @MethodSource("oddNamesAndPasswords")
    void dumpsDatabasesWithOddNamesAndHandsOddPasswordsOver(String name, String password) {
        server.createDatabase(name);
        server.execute(name, "CREATE TABLE here AS SELECT 1 AS one");
        server.execute(
                "postgres",
                "DROP ROLE IF EXISTS odd; CREATE ROLE odd LOGIN PASSWORD '" + password.replace("'", "''")
                        + "'; GRANT pg_read_all_data TO odd");
        ByteArrayOutputStream sink = new ByteArrayOutputStream();

        try (PreparedDump dump =
                TestDumps.source().prepare(server.secret(name, "odd", Password.of(password)), plain())) {
            dump.writeTo(sink, DumpProgress.SILENT);
        }

        assertThat(sink.toString(StandardCharsets.UTF_8)).contains("CREATE TABLE public.here");
    }

    @Test
    void dumpsThroughAUnixSocket() {
        DatabaseSecret secret = DatabaseSecret.builder()
                .from(server.secret("shop"))
                .host(server.socketFolder().toString())
                .build();
        DumpSettings settings =
                DumpSettings.builder().verify(VerifyMode.RESTORE).build();

        try (PreparedDump dump = TestDumps.source().prepare(secret, settings)) {
            assertThat(dump.writeTo(new ByteArrayOutputStream(), DumpProgress.SILENT)
                            .tables())
                    .contains(new TableRows("sales", "orders", 6000));
        }
    }

    @Test
    void keepsThePasswordOutOfEveryCommandLineAndEnvironmentAndRemovesItsFile() {
        String password = server.password().reveal();
        List<String> seen = new ArrayList<>();
        List<Path> passFiles = new ArrayList<>();
        ActingSink sink = new ActingSink(() -> TestDumps.runningPgDumps().forEach(process -> {
            seen.add(read(process, "cmdline"));
            String environment = read(process, "environ");
            seen.add(environment);
            Arrays.stream(environment.split("\0"))
                    .filter(variable -> variable.startsWith("PGPASSFILE="))
                    .map(variable -> Path.of(variable.substring("PGPASSFILE=".length())))
                    .forEach(passFiles::add);
            assertThat(permissions(passFiles.get(0))).isEqualTo("rw-------");
            assertThat(permissions(
                            Optional.ofNullable(passFiles.get(0).getParent()).orElseThrow()))
                    .isEqualTo("rwx------");
        }));

        try (PreparedDump dump = TestDumps.source().prepare(server.secret("big"), uncompressed())) {
            dump.writeTo(sink, DumpProgress.SILENT);
        }

        assertThat(seen).hasSize(2).noneMatch(text -> text.contains(password));
        assertThat(seen.get(0)).contains("--no-password").doesNotContain("big");
        assertThat(passFiles).hasSize(1).allSatisfy(file -> {
            assertThat(file).doesNotExist();
            assertThat(file.getParent()).doesNotExist();
        });
    }

    @Test
    void countsTheRowsOfTheSnapshotItDumps() {
        server.createDatabase("moving");
        server.execute("moving", TestDumps.BIG_TABLE + "; CREATE TABLE other AS SELECT 1 AS a");
        DumpSettings settings = DumpSettings.builder()
                .compression(Compression.NONE)
                .verify(VerifyMode.RESTORE)
                .build();
        ActingSink sink = new ActingSink(() -> server.execute("moving", "INSERT INTO big VALUES (0, 'late')"));

        try (PreparedDump dump = TestDumps.source().prepare(server.secret("moving"), settings)) {
            assertThat(dump.writeTo(sink, DumpProgress.SILENT).tables())
                    .containsExactly(new TableRows("public", "big", 4000), new TableRows("public", "other", 1));
        }
        TestDumps.assertNoSessions(server);
    }

    @Test
    void countsOnlyTablesWhoseRowsAreDumped() {
        DumpSettings settings = DumpSettings.builder()
                .verify(VerifyMode.RESTORE)
                .schemas(List.of("sales", "pub*"))
                .excludeTableData(List.of("log"))
                .build();

        try (PreparedDump dump = TestDumps.source().prepare(server.secret("shop"), settings)) {
            assertThat(dump.writeTo(new ByteArrayOutputStream(), DumpProgress.SILENT)
                            .tables())
                    .containsExactly(new TableRows("sales", "orders", 6000));
        }
    }

    @Test
    void leavesOutWhatTheSettingsLeaveOut() {
        DumpSettings settings = DumpSettings.builder()
                .from(plain())
                .schemas(List.of("\"odd \"\"name\"\".x\"", "PUBLIC"))
                .excludeTableData(List.of("public.lo?"))
                .build();
        ByteArrayOutputStream sink = new ByteArrayOutputStream();

        try (PreparedDump dump = TestDumps.source().prepare(server.secret("shop"), settings)) {
            dump.writeTo(sink, DumpProgress.SILENT);
        }

        assertThat(sink.toString(StandardCharsets.UTF_8))
                .contains("CREATE TABLE public.log", "COPY \"odd \"\"name\"\".x\".\"täble %s\"")
                .doesNotContain("COPY public.log", "CREATE TABLE sales.");
    }

    @Test
    void usesZstdOfTheClientFromVersion16On(@TempDir Path folder) throws IOException {
        TestDumps.withPgDump(folder, "");
        Script.write(
                folder.resolve("pg_dump"), """
                case "$1" in --version) echo 'pg_dump (PostgreSQL) 16.99'; exit;; esac
                case "$*" in *nonexistent*) echo 'pg_dump: error: connection to server failed' >&2; exit 1;; esac
                for argument; do shift; set -- "$@" "$(echo "$argument" | sed 's/^--compress=zstd:5$/--compress=0/')"; done
                exec %s "$@"
                """.formatted(TestDumps.realClient().program("pg_dump")));
        PgDumpSource source = PgDumpSource.builder()
                .clients(PostgresClients.of(List.of(folder)))
                .build();
        DumpSettings settings = DumpSettings.builder()
                .compression(new Compression(Algorithm.ZSTD, 5))
                .build();

        try (PreparedDump dump = source.prepare(server.secret("shop"), settings)) {
            assertThat(dump.fileType().extension()).isEqualTo(".dump");
            assertThat(dump.writeTo(new ByteArrayOutputStream(), DumpProgress.SILENT)
                            .archiveEntries())
                    .isPresent();
        }
    }

    private static DumpSettings plain() {
        return DumpSettings.builder()
                .format(DumpFormat.PLAIN)
                .compression(Compression.NONE)
                .build();
    }

    private static DumpSettings uncompressed() {
        return DumpSettings.builder().compression(Compression.NONE).build();
    }

    private static byte[] opened(byte[] stored, Algorithm algorithm) throws IOException {
        try (InputStream bytes = new ByteArrayInputStream(stored);
                InputStream opened =
                        switch (algorithm) {
                            case ZSTD -> new ZstdInputStream(bytes);
                            case GZIP -> new GZIPInputStream(bytes);
                            case NONE -> bytes;
                        }) {
            return opened.readAllBytes();
        }
    }

    /** As somebody would count them who has nothing but pg_restore; its reading of the data is thrown away. */
    private static int listedEntries(byte[] archive) throws IOException {
        Path file = Files.createTempFile("autodump", ".dump");
        try {
            Files.write(file, archive);
            String pgRestore = TestDumps.realClient().program("pg_restore").toString();
            assertThat(run(pgRestore, "--file=/dev/null", file.toString())).isEmpty();
            return (int) run(pgRestore, "--list", file.toString())
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith(";"))
                    .count();
        } finally {
            Files.delete(file);
        }
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
