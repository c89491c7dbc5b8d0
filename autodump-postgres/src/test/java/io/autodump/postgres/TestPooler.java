package io.autodump.postgres;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PgBouncer in front of a test server, on the loopback interface, with its files in a given folder. */
public final class TestPooler implements AutoCloseable {
    private static final List<Path> PROGRAMS = List.of(
            Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"), Path.of("/opt/homebrew/bin/pgbouncer"));

    private final Process process;
    private final int port;

    private TestPooler(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether PgBouncer is installed. */
    public static boolean isInstalled() {
        return PROGRAMS.stream().anyMatch(Files::isExecutable);
    }

    /**
     * Starts it.
     *
     * @param settings lines of its section {@code [pgbouncer]}
     */
    public static TestPooler start(Path folder, TestPostgres server, String settings) throws IOException {
        int port = freePort();
        Path users = folder.resolve("users.txt");
        Files.writeString(
                users,
                "\"" + TestPostgres.SUPERUSER + "\" \"" + server.password().reveal() + "\"\n");
        Path configuration = folder.resolve("pgbouncer.ini");
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "[databases]",
                        "* = host=" + server.host() + " port=" + server.port(),
                        "[pgbouncer]",
                        "listen_addr=127.0.0.1",
                        "listen_port=" + port,
                        "unix_socket_dir=",
                        "auth_type=scram-sha-256",
                        "auth_file=" + users,
                        settings,
                        ""));
        Process process = new ProcessBuilder(command(configuration))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        TestPooler pooler = new TestPooler(process, port);
        pooler.awaitListening();
        return pooler;
    }

    /** The same database, by way of the pooler. */
    public DatabaseSecret before(DatabaseSecret server) {
        return DatabaseSecret.builder().from(server).port(port).build();
    }

    /** It refuses to run as root, as the server does; in a user namespace of its own it isn't root. */
    private static List<String> command(Path configuration) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        String program = PROGRAMS.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
        command.addAll(List.of(program, configuration.toString()));
        return command;
    }

    private void awaitListening() {
        TestDumps.await("pgbouncer listens", () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("pgbouncer ended with status " + process.exitValue());
            }
            return isListening();
        });
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("pgbouncer doesn't end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
