package io.autodump.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.postgres.TestPostgres;
import io.autodump.testkit.program.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command with a folder of clients whose {@code pg_dump} is a wrapper; and the process as a person runs it, when a
 * signal comes.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class FaultyClientIT {
    private static final int SIGTERM_STATUS = 143;
    private static final int DATABASE_STATUS = 4;
    private static final int MOMENTS = "full".equals(System.getProperty("autodump.chaos")) ? 50 : 5;
    private static final String HOLDS_THE_OUTPUT =
            "( sleep 3000 & ); case $1 in --version) ;; *) : >MARK;; esac; exec pg_dump \"$@\"";

    private static final Path REAL = PostgresClients.discover().forServer(15).binFolder();
    private static final TestPostgres server = startServer();

    private final Path folder;
    private final InProcessCommand command;

    FaultyClientIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new InProcessCommand(folder);
        Files.createDirectory(folder.resolve("secrets"));
        Files.createDirectory(folder.resolve("tmp"));
        configure("");
    }

    private static TestPostgres startServer() {
        TestPostgres started = TestPostgres.start();
        started.createDatabase("shop");
        started.execute("shop", "CREATE TABLE customer AS SELECT i, md5(i::text) FROM generate_series(1, 20000) i");
        return started;
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000", "-1", "-100"})
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void publishesNothingThatIsCutShort(String length) throws Exception {
        client("case $1 in --version) exec pg_dump $1;; esac; pg_dump \"$@\" | head -c " + length + "; exit 0");
        secret("");

        CommandProcess.Ended dump = command.run("dump", "orders");

        assertThat(dump.exitStatus()).as(dump.err()).isEqualTo(DATABASE_STATUS);
        assertThat(dump.err()).startsWith("AD-3025 ").contains("public.customer", "nothing was published");
        assertThat(command.run("list", "orders").out()).isEmpty();
        assertNothingLeft();
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void publishesTheWholeOfWhatASlowFilterPassesOn() throws Exception {
        client("exec bash -c 'pg_dump \"$@\" > >(sleep 0.3; head -c 1000; sleep 0.3; cat)' pg_dump \"$@\"");
        secret("");

        CommandProcess.Ended dump = command.run("dump", "orders");
        CommandProcess.Ended verify = command.run("verify", "latest:orders");

        assertThat(dump.exitStatus()).as(dump.err()).isZero();
        assertThat(verify.out()).as(verify.err()).startsWith("OK: ");
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void endsADumpWhoseOutputAnotherProcessHoldsOpenByTheStallTimeout() throws Exception {
        client(HOLDS_THE_OUTPUT);
        configure("stall-timeout: PT3S\n");
        secret("");

        CommandProcess.Ended dump = command.run("dump", "orders");

        assertThat(dump.exitStatus()).as(dump.err()).isEqualTo(DATABASE_STATUS);
        // On a busy machine, a line about the progress comes first.
        assertThat(dump.err()).contains("AD-3023 ");
        assertNothingLeft();
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void endsADumpWhoseOutputAnotherProcessHoldsOpenByItsTimeout() throws Exception {
        client(HOLDS_THE_OUTPUT);
        secret("\"autodump:timeout\": \"PT5S\"");

        CommandProcess.Ended dump = command.run("dump", "orders");

        assertThat(dump.exitStatus()).as(dump.err()).isEqualTo(DATABASE_STATUS);
        assertThat(dump.err()).startsWith("AD-3024 ");
        assertNothingLeft();
    }

    @Test
    void endsADumpWhoseOutputAnotherProcessHoldsOpenBySignal() throws Exception {
        client(HOLDS_THE_OUTPUT);
        secret("");
        CommandProcess dump = autodump("dump", "orders");
        awaitMark(dump);

        dump.signal("TERM");
        CommandProcess.Ended ended = dump.await();

        assertThat(ended.exitStatus()).isEqualTo(SIGTERM_STATUS);
        assertThat(ended.err()).startsWith("AD-2010 ").doesNotContain("gave up");
        assertNothingLeft();
    }

    @Test
    void endsASchedulerWhoseDumpWaitsForAnotherProcessBySignal() throws Exception {
        client(HOLDS_THE_OUTPUT);
        // The scheduler needs some seconds to start, and a run that is then over isn't made up for.
        int minute = Instant.now().plusSeconds(75).atZone(ZoneOffset.UTC).getMinute();
        secret("\"autodump:start-schedule\": \"" + minute + " - - - -\"");
        CommandProcess run = autodump("run");
        awaitMark(run);

        run.signal("TERM");
        CommandProcess.Ended ended = run.await();

        assertThat(ended.exitStatus()).as("a clean stop").isZero();
        assertThat(ended.out() + ended.err())
                .contains("the dump was stopped")
                .doesNotContain("didn't end in time")
                .doesNotContain("gave up");
    }

    /** A server that takes the connection and says nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void endsAPreflightBySignal(String signal) throws Exception {
        List<String> through = SignalDefaults.forInterrupt();
        assumeFalse(through.isEmpty(), "a process whose parent ignores SIGINT ignores it too");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            secret("", "127.0.0.1", silent.getLocalPort());
            CommandProcess dump = CommandProcess.start(through, folder, Map.of(), "dump", "orders");
            silent.accept();

            dump.signal(signal);

            assertStopped(dump.await());
            assertNothingLeft();
        }
    }

    @Test
    void endsInOrderWheneverASignalComes() throws Exception {
        secret("");
        Random random = new Random(3);
        for (int i = 0; i < MOMENTS; i++) {
            CommandProcess dump = autodump("dump", "orders");
            dump.process().waitFor(200 + random.nextInt(1500), TimeUnit.MILLISECONDS);
            if (dump.process().isAlive()) {
                dump.signal("TERM");
                CommandProcess.Ended ended = dump.await();
                if (ended.exitStatus() != 0 && !ended.err().isEmpty()) {
                    assertStopped(ended);
                }
            }
            assertThat(files(folder.resolve("tmp"))).isEmpty();
        }
    }

    private static void assertStopped(CommandProcess.Ended ended) {
        assertThat(ended.exitStatus()).as(ended.err()).isGreaterThan(128);
        assertThat(ended.err())
                .startsWith("AD-2010 ")
                .contains("nothing was ")
                .doesNotContain("gave up")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    private void awaitMark(CommandProcess process) throws InterruptedException {
        while (!Files.exists(folder.resolve("mark"))) {
            assertThat(process.process().isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void assertNothingLeft() throws IOException {
        assertThat(files(folder.resolve("tmp"))).isEmpty();
        assertThat(files(folder.resolve("dumps")))
                .allMatch(file -> file.endsWith("lock") || file.endsWith(".failed.json"));
    }

    private static List<String> files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    private void configure(String more) throws IOException {
        String clients = Files.exists(folder.resolve("clients")) ? "clients: [./clients]\n" : "";
        Files.writeString(folder.resolve("autodump.yaml"), "secrets: ./secrets\nstore: ./dumps\n" + clients + more);
    }

    /** A wrapper of that text, in which the real {@code pg_dump} is the one on the path. */
    private void client(String script) throws IOException {
        Path clients = Files.createDirectory(folder.resolve("clients"));
        program(
                clients.resolve("pg_dump"),
                script.replace("MARK", folder.resolve("mark").toString()));
        program(clients.resolve("pg_restore"), "exec pg_restore \"$@\"");
        configure("");
    }

    private static void program(Path file, String script) {
        Script.write(file, "PATH='" + REAL + "':$PATH\n" + script);
    }

    private void secret(String tags) throws IOException {
        secret(tags, server.host(), server.port());
    }

    private void secret(String tags, String host, int port) throws IOException {
        Path file = folder.resolve("secrets").resolve("orders.json");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                "{\"name\": \"orders\", \"tags\": {%s}, \"value\": {\"engine\": \"postgres\", \"endpoint\": \"%s\","
                                .formatted(tags, host)
                        + " \"port\": %d, \"databasename\": \"shop\", \"username\": \"%s\", \"password\": \"%s\"}}"
                                .formatted(
                                        port,
                                        TestPostgres.SUPERUSER,
                                        server.password().reveal()));
    }

    private CommandProcess autodump(String... arguments) throws IOException {
        return CommandProcess.start(folder, Map.of(), arguments);
    }
}
