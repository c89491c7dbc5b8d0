package io.autodump.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.cli.command.CommandLineRun.Result;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.postgres.PostgresEngine;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted dumps of a real database, restored by the command and, with its own words, by {@code age} itself. */
class EncryptedDumpsIT {
    private static final String RECIPIENT = "age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyd";
    private static final String IDENTITY = "AGE-SECRET-KEY-1U4A9FMUEC9LDKLZ4Q8K9NX3VUFD69LRTHX8FAWNXJLTR24FTW76S6Y32Y2";
    private static final int ROWS = 20_000;
    private static final long SMALL_PART = 128 * 1024;

    private static final TestPostgres server = TestPostgres.start();

    @TempDir
    private Path folder;

    @BeforeAll
    static void fill() {
        server.createDatabase("shop");
        server.execute(
                "shop",
                "CREATE TABLE customer (id int PRIMARY KEY, name text); INSERT INTO customer SELECT i, 'Alice ' ||"
                        + " md5(i::text) FROM generate_series(1, " + ROWS + ") i");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void aDumpOfOneFileIsReadByWhoHasTheIdentity() throws Exception {
        CommandLineRun autodump = autodump(PostgresEngine.create());
        secret("orders", "\"autodump:compression\": \"none\"");

        Result dump = autodump.run("dump", "orders", "--json");

        assertThat(dump.exitStatus()).as(dump.err()).isZero();
        assertThat(dump.out()).contains("\"method\" : \"age\"").contains(RECIPIENT);
        assertNothingIsReadable(1);
        assertThat(autodump.run("verify", "latest:orders").out()).contains("the contents weren't read");
        assertThat(autodump.run("verify", "latest:orders", "--json").out()).contains("\"contentsRead\" : false");
        assertThat(autodump.run("verify", "latest:orders", "--identity", "keys").out())
                .contains("archive entries are readable");
        assertRestores(autodump, "one");
    }

    @Test
    void eachPartIsEncryptedAndTheCopyHoldsTheSameBytes() throws Exception {
        CommandLineRun autodump =
                autodump(PostgresEngine.builder().leastPart(SMALL_PART).build());
        configure("copy-to: disk", "stores: {disk: ./disk}");
        secret("orders", "\"autodump:jobs\": \"3\"");

        Result dump = autodump.run("dump", "orders");

        assertThat(dump.exitStatus()).as(dump.err()).isZero();
        List<Path> parts = encryptedFiles("dumps");
        assertThat(parts).hasSizeGreaterThan(2);
        for (Path part : parts) {
            Path copy = folder.resolve("disk").resolve(folder.resolve("dumps").relativize(part));
            assertThat(copy).hasSameBinaryContentAs(part);
        }
        assertNothingIsReadable(parts.size());
        assertThat(autodump.run("verify", "latest:orders").out()).contains("the contents weren't read");
        assertThat(autodump.run("verify", "latest:orders", "--identity", "keys").exitStatus())
                .isZero();
        assertRestores(autodump, "parts");
    }

    @Test
    void withoutAFittingIdentityNothingIsRestored() throws Exception {
        CommandLineRun autodump = autodump(PostgresEngine.create());
        secret("orders", "");
        autodump.run("dump", "orders");
        Files.writeString(folder.resolve("broken"), IDENTITY.substring(0, 40) + "\n");
        server.createDatabase("untouched");

        Result without = autodump.run("restore", "latest:orders", "--to", "orders", "--database", "untouched");
        Result broken = autodump.run(
                "restore", "latest:orders", "--to", "orders", "--database", "untouched", "--identity", "broken");

        assertThat(without.exitStatus()).isEqualTo(2);
        assertThat(without.err()).startsWith("AD-1015").contains("--identity FILE");
        assertThat(broken.exitStatus()).isEqualTo(2);
        assertThat(broken.err()).startsWith("AD-1017").contains("line 1").doesNotContain(IDENTITY.substring(16, 30));
        assertThat(rows("untouched")).isEqualTo("none");
    }

    private void assertRestores(CommandLineRun autodump, String name) throws Exception {
        Result restore = autodump.run(
                "restore",
                "latest:orders",
                "--to",
                "orders",
                "--database",
                name,
                "--create",
                "--jobs",
                "2",
                "--identity",
                "keys");
        assertThat(restore.exitStatus()).as(restore.err()).isZero();
        assertThat(restore.out() + restore.err()).doesNotContain("SECRET-KEY");
        assertThat(rows(name)).isEqualTo(String.valueOf(ROWS));

        Result commands = autodump.run("list", "--show-restore", "latest:orders");
        assertThat(commands.out()).contains("age --decrypt --identity \"$AGE_IDENTITY\" ");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/age")), "the program age isn't there (apt-get install age)");
        byStockPrograms(commands.out().replace("/test", folder.toString()), name + "_stock");
        assertThat(rows(name + "_stock")).isEqualTo(String.valueOf(ROWS));
    }

    /** Runs exactly what was printed, in the folder that it names. */
    private void byStockPrograms(String commands, String database) throws IOException, InterruptedException {
        server.createDatabase(database);
        String there =
                commands.lines().findFirst().orElseThrow().replaceFirst("# Run this in a copy of (.*)\\.$", "$1");
        ProcessBuilder shell = new ProcessBuilder("sh", "-ec", commands)
                .directory(Path.of(there).toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("stock.log").toFile());
        shell.environment()
                .putAll(Map.of(
                        "AGE_IDENTITY", folder.resolve("keys").toString(),
                        "PGHOST", server.host(),
                        "PGPORT", String.valueOf(server.port()),
                        "PGUSER", TestPostgres.SUPERUSER,
                        "PGPASSWORD", server.password().reveal(),
                        "PGDATABASE", database));
        assertThat(shell.start().waitFor())
                .as(commands + Files.readString(folder.resolve("stock.log")))
                .isZero();
    }

    private void assertNothingIsReadable(int files) throws IOException {
        List<Path> encrypted = encryptedFiles("dumps");
        assertThat(encrypted).hasSize(files);
        for (Path file : encrypted) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .startsWith("age-encryption.org/v1\n")
                    .doesNotContain("Alice", "customer");
        }
    }

    private List<Path> encryptedFiles(String store) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(store))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".json"))
                    .filter(file -> file.toString().endsWith(".age"))
                    .sorted()
                    .toList();
        }
    }

    private CommandLineRun autodump(DatabaseEngine engine) throws IOException {
        CommandLineRun run = new CommandLineRun(folder, engine);
        configure();
        Files.writeString(folder.resolve("keys"), "# public key: " + RECIPIENT + "\n" + IDENTITY + "\n");
        return run;
    }

    private void configure(String... more) throws IOException {
        Files.writeString(
                folder.resolve("autodump.yaml"),
                "secrets: ./secrets\nstore: ./dumps\nencrypt-to: " + RECIPIENT + "\n" + String.join("\n", more));
    }

    private void secret(String name, String tags) throws IOException {
        Path file = folder.resolve("secrets").resolve(name + ".json");
        Files.writeString(
                file,
                "{\"tags\": {" + tags
                        + "}, \"value\": {\"engine\": \"postgres\", \"endpoint\": \"localhost\", \"port\": "
                        + server.port() + ", \"databasename\": \"shop\", \"username\": \"" + TestPostgres.SUPERUSER
                        + "\", \"password\": \"" + server.password().reveal() + "\"}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Returns the number of rows; "none" without the table. */
    private static String rows(String database) throws SQLException {
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement();
                ResultSet table = statement.executeQuery("SELECT to_regclass('customer') IS NOT NULL")) {
            table.next();
            return table.getBoolean(1) ? count(statement) : "none";
        }
    }

    private static String count(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM customer")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
