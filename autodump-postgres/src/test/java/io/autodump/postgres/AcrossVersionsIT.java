package io.autodump.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.Compression;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.restore.SkippableKind;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client programs of one version, servers of others, and dumps that go from one to the other. */
@EnabledIfSystemProperty(
        named = "autodump.test.full",
        matches = "true",
        disabledReason = "make test-all tests the other versions; or pass -Dautodump.test.full=true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcrossVersionsIT {
    private static final RestoreOptions CREATE =
            RestoreOptions.builder().create(true).build();
    private static final int ON_THE_CLASS_PATH = 15;

    private final Map<Integer, TestPostgres> servers = new HashMap<>();
    private final InMemoryDumpStore store = new InMemoryDumpStore();

    @AfterAll
    void stop() {
        servers.values().forEach(TestPostgres::close);
    }

    /** With a database of everything that is hard to dump. */
    private TestPostgres server(int major) {
        return servers.computeIfAbsent(major, version -> {
            TestPostgres server = version == ON_THE_CLASS_PATH
                    ? TestPostgres.start()
                    : TestPostgres.configure()
                            .binaries(OtherVersions.server(version))
                            .start();
            server.createDatabase("nasty");
            try (InputStream sql = TestPostgres.class.getResourceAsStream("nasty.sql")) {
                assertThat(sql).as("nasty.sql").isNotNull();
                server.execute("nasty", new String(sql.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return server;
        });
    }

    private AutoDump autoDump(TestPostgres scratch, int... clients) {
        return AutoDump.builder()
                .engine(PostgresEngine.builder()
                        .clientFolders(OtherVersions.clients(clients).all().stream()
                                .map(PostgresClient::binFolder)
                                .toList())
                        .leastPart(1)
                        .build())
                .dumpStore(store)
                .scratchServer(scratch.secret("postgres"))
                .build();
    }

    private static DumpSettings settings(DumpFormat format) {
        return DumpSettings.builder().format(format).verify(VerifyMode.RESTORE).build();
    }

    @ParameterizedTest
    @CsvSource({"17, 15", "17, 17", "18, 17", "18, 18"})
    void anArchiveComesBackWhichPgDumpItselfCompressedWithZstd(int client, int major) {
        TestPostgres server = server(major);
        AutoDump autoDump = autoDump(server, client);
        String name = "archive by " + client + " of " + major;
        DumpManifest manifest = autoDump.dump(name, server.secret("nasty"), settings(DumpFormat.CUSTOM))
                .manifest();
        assertThat(manifest.fileType().outerCompression()).isEqualTo(Compression.NONE);
        assertThat(manifest.clientVersion()).startsWith(client + ".");
        assertThat(autoDump.verify(manifest.key()).archiveEntries()).isEqualTo(manifest.archiveEntries());

        RestoreReport report = autoDump.restore(manifest.key(), server.secret(name), CREATE, DumpProgress.SILENT);
        assertThat(report.tables()).isEqualTo(manifest.tables()).isNotEmpty();
        assertThat(report.warnings()).isEmpty();
        StockPrograms stock = new StockPrograms(server, OtherVersions.client(client));
        assertThat(stock.schemaAndData(name)).isEqualTo(stock.schemaAndData("nasty"));
    }

    /** Servers before 14 read no ranges; before 17, the archive is restored as scripts, before and after the parts. */
    @ParameterizedTest
    @CsvSource({"15, 13", "17, 14", "17, 15", "18, 16", "18, 18"})
    void aDumpOfSeveralPartsComesBack(int client, int major) {
        TestPostgres server = server(major);
        AutoDump autoDump = autoDump(server, client);
        String name = "parts by " + client + " of " + major;
        DumpSettings parallel =
                DumpSettings.builder().verify(VerifyMode.RESTORE).jobs(32).build();
        DumpManifest manifest =
                autoDump.dump(name, server.secret("nasty"), parallel).manifest();
        assertThat(manifest.parts().data()).hasSizeGreaterThan(20);
        autoDump.verify(manifest.key());

        RestoreReport report = autoDump.restore(
                manifest.key(),
                server.secret(name),
                RestoreOptions.builder().create(true).jobs(3).build(),
                DumpProgress.SILENT);
        assertThat(report.tables()).isEqualTo(manifest.tables()).isNotEmpty();
        StockPrograms stock = new StockPrograms(server, OtherVersions.client(client));
        assertThat(stock.schemaAndData(name).lines().sorted().toList())
                .isEqualTo(stock.schemaAndData("nasty").lines().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource({"17, 15", "18, 17", "18, 18"})
    void aScriptComesBack(int client, int major) {
        TestPostgres server = server(major);
        AutoDump autoDump = autoDump(server, client);
        String name = "script by " + client + " of " + major;
        DumpManifest manifest = autoDump.dump(name, server.secret("nasty"), settings(DumpFormat.PLAIN))
                .manifest();
        autoDump.verify(manifest.key());

        assertThat(autoDump.restore(manifest.key(), server.secret(name), CREATE, DumpProgress.SILENT)
                        .tables())
                .isEqualTo(manifest.tables());
    }

    @Test
    void anOlderServerRefusesADumpBeforeAnythingIsChanged() {
        AutoDump autoDump = autoDump(server(17), 17);
        DumpManifest manifest = autoDump.dump("too new", server(17).secret("nasty"), settings(DumpFormat.CUSTOM))
                .manifest();

        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class,
                () -> autoDump.restore(manifest.key(), server(15).secret("older"), CREATE, DumpProgress.SILENT));

        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_TOO_OLD);
        assertThat(ask(server(15), "postgres", "SELECT count(*) FROM pg_database WHERE datname = 'older'"))
                .isEqualTo("0");
    }

    @Test
    void anOlderServersDumpComesBackOnANewerOne() {
        DumpManifest manifest = autoDump(server(15), 17)
                .dump("upgraded", server(15).secret("nasty"), settings(DumpFormat.CUSTOM))
                .manifest();

        RestoreReport report = autoDump(server(18), 18)
                .restore(manifest.key(), server(18).secret("upgraded"), CREATE, DumpProgress.SILENT);

        assertThat(report.tables()).isEqualTo(manifest.tables());
    }

    /** Newer clients write {@code run_as_owner}, which server 15 doesn't know. */
    @Test
    void aSubscriptionThatAnOlderServerCannotTakeIsNamedBefore() {
        TestPostgres server = server(15);
        server.createDatabase("subscribed");
        server.execute("subscribed", "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p WITH (connect = false)");
        AutoDump autoDump = autoDump(server, 17);
        DumpManifest manifest = autoDump.dump("subscribed", server.secret("subscribed"), DumpSettings.defaults())
                .manifest();
        DatabaseSecret target = server.secret("subscribed again");
        RestoreOptions without = RestoreOptions.builder()
                .from(CREATE)
                .addSkip(SkippableKind.SUBSCRIPTIONS)
                .build();

        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class, () -> autoDump.restore(manifest.key(), target, CREATE, DumpProgress.SILENT));
        autoDump.restore(manifest.key(), target, without, DumpProgress.SILENT);
        server.execute("subscribed", "ALTER SUBSCRIPTION s SET (slot_name = NONE); DROP SUBSCRIPTION s");

        assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_UNFIT);
        assertThat(refused).hasMessageContainingAll("subscription s", "run_as_owner", "nothing was changed");
    }

    @Test
    void anOlderClientRefusesTheArchiveOfANewerOne() {
        DumpManifest manifest = autoDump(server(15), 17)
                .dump("by a newer client", server(15).secret("nasty"), settings(DumpFormat.CUSTOM))
                .manifest();
        AutoDump older = AutoDump.builder()
                .engine(PostgresEngine.builder()
                        .clientFolders(List.of(StockPrograms.client().binFolder()))
                        .build())
                .dumpStore(store)
                .build();

        AutoDumpException refused = catchThrowableOfType(AutoDumpException.class, () -> older.verify(manifest.key()));

        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.CLIENT_TOO_OLD);
    }

    /** What docs/restore.md says for people without AutoDump, word for word. */
    @Test
    void theDocumentedCommandRestoresAScriptIntoAnOlderServer(@TempDir Path folder) throws IOException {
        Path script = folder.resolve("dump.sql");
        Files.write(script, new StockPrograms(server(15), OtherVersions.client(17)).dump("nasty"));
        String command = documented("\\| *client 17 or newer, server older than 17 *\\| `(.*)` *\\|");
        assertThat(Files.readString(script, StandardCharsets.ISO_8859_1)).contains("SET transaction_timeout");
        server(15).createDatabase("by hand");

        new StockPrograms(server(15))
                .output(
                        "by hand",
                        "sh",
                        "-ec",
                        command.replace("FILE", script.toString()).replace(" --dbname=copy", ""));

        StockPrograms stock = new StockPrograms(server(15));
        assertThat(stock.schemaAndData("by hand")).isEqualTo(stock.schemaAndData("nasty"));
    }

    /** A {@code psql} from before August 2025 takes the script then, whose restricted mode it doesn't know. */
    @Test
    void theDocumentedCommandTakesTheRestrictedModeOut(@TempDir Path folder) throws IOException {
        Path script = folder.resolve("dump.sql");
        Files.write(script, new StockPrograms(server(15)).dump("nasty"));
        assertThat(Files.readString(script, StandardCharsets.ISO_8859_1)).contains("\n\\restrict ");
        String command = documented("\\| *`psql` from before August 2025 *\\| `(.*)` *\\|");
        server(15).createDatabase("restricted");

        new StockPrograms(server(15))
                .output(
                        "restricted",
                        "sh",
                        "-ec",
                        command.replace("FILE", script.toString())
                                .replace("psql ", "tee " + folder.resolve("passed.sql") + " | psql ")
                                .replace(" --dbname=copy", ""));

        assertThat(Files.readString(folder.resolve("passed.sql"), StandardCharsets.ISO_8859_1))
                .doesNotContain("\n\\restrict ", "\n\\unrestrict ");
        StockPrograms stock = new StockPrograms(server(15));
        assertThat(stock.schemaAndData("restricted")).isEqualTo(stock.schemaAndData("nasty"));
    }

    private static String documented(String row) throws IOException {
        return Pattern.compile(row)
                .matcher(Files.readString(Path.of("..", "docs", "restore.md")))
                .results()
                .map((MatchResult found) -> found.group(1).replace("\\|", "|"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/restore.md has no row like " + row));
    }

    private static String ask(TestPostgres server, String database, String query) {
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
