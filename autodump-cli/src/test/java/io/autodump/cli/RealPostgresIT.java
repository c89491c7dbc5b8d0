package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as a person runs it, against a real server; questions run in this JVM. */
class RealPostgresIT {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int SIGTERM_STATUS = 143;
    private static final int SIGINT_STATUS = 130;
    private static final int ROWS = 20_000;

    private static final TestPostgres server = startServer();

    private final Path folder;
    private final InProcessCommand command;

    RealPostgresIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new InProcessCommand(folder);
        Files.createDirectory(folder.resolve("secrets"));
        Files.createDirectory(folder.resolve("tmp"));
        Files.writeString(folder.resolve("autodump.yaml"), "secrets: ./secrets\nstore: ./dumps\nscratch: copy\n");
    }

    private static TestPostgres startServer() {
        TestPostgres started = TestPostgres.start();
        started.createDatabase("shop");
        started.createDatabase("copy");
        return started;
    }

    @BeforeAll
    static void fill() {
        server.execute(
                "shop",
                "CREATE TABLE customer (id int PRIMARY KEY, name text); INSERT INTO customer SELECT i, md5(i::text) ||"
                        + " md5((-i)::text) FROM generate_series(1, " + ROWS + ") i; CREATE SCHEMA \"Odd Schema\";"
                        + " CREATE TABLE \"Odd Schema\".\"ta\"\"ble\" (x int); INSERT INTO \"Odd Schema\".\"ta\"\"ble\""
                        + " VALUES (1), (2)");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void dumpsListsVerifiesAndRestoresWithTheRowsThatWereDumped() throws Exception {
        secret("orders", "shop", "\"autodump:start-schedule\": \"0 2 - - -\", \"autodump:verify\": \"restore\"");
        secret("copy", "copy", "");

        CommandProcess.Ended doctor = command.run("doctor", "orders");
        CommandProcess.Ended dump = autodump("dump", "orders").await();
        CommandProcess.Ended list = command.run("list", "orders", "--json");
        CommandProcess.Ended verify = command.run("verify", "latest:orders");
        CommandProcess.Ended restore = autodump(
                        "restore", "latest:orders", "--to", "copy", "--database", "restored", "--create")
                .await();
        CommandProcess.Ended again = command.run("restore", "latest:orders", "--to", "copy", "--database", "restored");

        assertThat(List.of(doctor, dump, list, verify, restore)).allSatisfy(ended -> {
            assertThat(ended.err()).isEmpty();
            assertThat(ended.exitStatus()).isZero();
        });
        assertThat(dump.out()).contains("dumped shop of secret orders", "2 with 20,002 rows");
        assertThat(list.out()).contains("\"verify\" : \"restore\"");
        assertThat(verify.out()).startsWith("OK: SHA-256 matches, ");
        assertThat(restore.out()).contains("the rows of 2 tables are those of the dump's snapshot");
        assertThat(rows("restored", "customer")).isEqualTo(ROWS);
        assertThat(rows("restored", "\"Odd Schema\".\"ta\"\"ble\"")).isEqualTo(2);
        assertThat(again.exitStatus()).isEqualTo(2);
        assertThat(again.err()).startsWith("AD-1007 ");
    }

    @Test
    void leavesNothingBehindWhenItIsTerminatedInTheMiddleOfADump() throws Exception {
        assertThat(stoppedBy("TERM", List.of())).isEqualTo(SIGTERM_STATUS);
    }

    @Test
    void leavesNothingBehindWhenItIsInterruptedInTheMiddleOfADump() throws Exception {
        List<String> through = SignalDefaults.forInterrupt();
        assumeFalse(
                through.isEmpty(),
                "a process whose parent ignores SIGINT ignores it too, and neither env --default-signal nor perl is here"
                        + " to change that");

        assertThat(stoppedBy("INT", through)).isEqualTo(SIGINT_STATUS);
    }

    /** Stops a dump that waits for a lock, and so is surely in the middle; gives the exit status. */
    private int stoppedBy(String signal, List<String> through) throws Exception {
        secret("orders", "shop", "\"autodump:format\": \"plain\"");
        try (Connection connection = server.connection("shop");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE");
            CommandProcess dump = CommandProcess.start(through, folder, Map.of(), "dump", "orders");
            ProcessHandle child = dump.awaitChild("pg_dump");
            awaitWaitingSession();

            dump.signal(signal);
            CommandProcess.Ended ended = dump.await();

            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).startsWith("AD-2010 ").contains("nothing was published");
            assertThat(child.isAlive()).isFalse();
            assertThat(files(folder.resolve("tmp"))).isEmpty();
            assertThat(files(folder.resolve("dumps")))
                    .allMatch(file -> file.endsWith("lock") || file.endsWith(".failed.json"));
            assertThat(command.run("list").out()).isEmpty();
            return ended.exitStatus();
        }
    }

    /** Over a connection of its own: a transaction sees the sessions as they were when it first looked. */
    private static void awaitWaitingSession() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try (Connection connection = server.connection("shop");
                Statement statement = connection.createStatement()) {
            while (!isSessionWaiting(statement)) {
                assertThat(System.nanoTime()).as("nobody waits for the lock").isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private static boolean isSessionWaiting(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
            return row.next();
        }
    }

    private static long rows(String database, String table) throws SQLException {
        try (Connection connection = server.connection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private void secret(String name, String database, String tags) throws IOException {
        Path file = folder.resolve("secrets").resolve(name + ".json");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                "{\"name\": \"%s\", \"tags\": {%s}, \"value\": {\"engine\": \"postgres\", \"endpoint\": \"%s\", \"port\": %d,"
                                .formatted(name, tags, server.host(), server.port())
                        + " \"databasename\": \"%s\", \"username\": \"%s\", \"password\": \"%s\"}}"
                                .formatted(
                                        database,
                                        TestPostgres.SUPERUSER,
                                        server.password().reveal()));
    }

    private static List<String> files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    private CommandProcess autodump(String... arguments) throws IOException {
        return CommandProcess.start(folder, Map.of(), arguments);
    }
}
