package io.autodump.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.TlsMode;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A hot standby of a server, by {@code pg_basebackup} and the server programs of the system, where they are. */
final class Standby implements AutoCloseable {
    private static final int MAJOR = 15;

    private final Path folder;
    private final Process process;
    private final int port;
    private final TestPostgres primary;

    private Standby(Path folder, Process process, int port, TestPostgres primary) {
        this.folder = folder;
        this.process = process;
        this.port = port;
        this.primary = primary;
    }

    /** A server that can have standbys. */
    static TestPostgres primary() {
        return ChaosDatabase.filled(TestPostgres.configure()
                .setting("wal_level", "replica")
                .setting("max_wal_senders", "5")
                .setting("hot_standby", "on")
                .start());
    }

    /** Copies the primary and follows it. */
    static Standby of(TestPostgres primary, Path folder) {
        Path programs = Path.of("/usr/lib/postgresql/" + MAJOR + "/bin");
        assumeTrue(
                Files.isExecutable(programs.resolve("pg_basebackup"))
                        && Files.isExecutable(programs.resolve("postgres")),
                "the server programs of PostgreSQL " + MAJOR + " are installed");
        int port = freePort();
        List<String> copy = List.of(
                programs.resolve("pg_basebackup").toString(),
                "--pgdata=" + folder,
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--dbname=host=127.0.0.1 port=" + primary.port() + " user=postgres password="
                        + primary.password().reveal());
        run(copy);
        List<String> server = new ArrayList<>();
        if (isRoot()) {
            server.addAll(List.of("unshare", "-U"));
        }
        server.addAll(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                folder.toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=" + folder,
                // The primary has it on its command line, and a standby needs as many.
                "-c",
                "max_connections=500",
                "-c",
                "max_standby_streaming_delay=0",
                "-c",
                "hot_standby_feedback=off"));
        try {
            Process process = new ProcessBuilder(server)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("standby.log").toFile())
                    .start();
            Standby standby = new Standby(folder, process, port, primary);
            ChaosWorld.await("the standby answers", standby::isReady);
            return standby;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    int port() {
        return port;
    }

    DatabaseSecret secret() {
        return DatabaseSecret.builder()
                .host("127.0.0.1")
                .port(port)
                .database(ChaosDatabase.SHOP)
                .username(TestPostgres.SUPERUSER)
                .password(primary.password())
                .tls(TlsMode.DISABLE)
                .build();
    }

    private boolean isReady() {
        assertThat(process.isAlive()).as("the standby runs: " + log()).isTrue();
        return !answer("SELECT 1").isEmpty();
    }

    private String log() {
        return String.join("\n", Shim.lines(folder.resolve("standby.log")));
    }

    /** Makes it a server of its own. */
    void promote() {
        ChaosWorld.await("it is promoted", () -> answer("SELECT pg_promote()").equals("t"));
        ChaosWorld.await(
                "it takes writes", () -> answer("SELECT pg_is_in_recovery()").equals("f"));
    }

    /** The first column of the first row; empty if there is no answer. */
    String answer(String sql) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + ChaosDatabase.SHOP + "?sslmode=disable";
        try (Connection connection = DriverManager.getConnection(
                        url, TestPostgres.SUPERUSER, primary.password().reveal());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        } catch (SQLException notYet) {
            return "";
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
