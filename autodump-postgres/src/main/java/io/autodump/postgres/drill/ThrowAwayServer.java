package io.autodump.postgres.drill;

import com.google.common.io.BaseEncoding;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.internal.IoReason;
import io.autodump.core.internal.Uninterrupted;
import io.autodump.process.ShutdownCleanup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/**
 * A PostgreSQL server for one drill. It listens on a Unix socket in a private folder and on no network address, and its
 * superuser has a random password. It is stopped and removed by {@link #close}, by the end of the JVM, and after {@code
 * kill -9} by the next drill. Not thread-safe.
 */
final class ThrowAwayServer implements AutoCloseable {
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int PASSWORD_BYTES = 24;
    private static final String SUPERUSER = "postgres";

    /** The longest path of a Unix socket, in bytes: 107 on Linux, 103 on macOS. */
    private static final int LONGEST_SOCKET = 103;

    /** No write needs to survive a crash of the machine: the server is thrown away. Memory and log are bounded. */
    private static final String SETTINGS = """
            listen_addresses = ''
            unix_socket_permissions = 0777
            fsync = off
            synchronous_commit = off
            full_page_writes = off
            wal_level = minimal
            max_wal_senders = 0
            dynamic_shared_memory_type = mmap
            max_wal_size = 512MB
            shared_buffers = 128MB
            maintenance_work_mem = 128MB
            max_connections = 20
            max_locks_per_transaction = 256
            autovacuum = off
            logging_collector = off
            """;

    private final ServerPrograms programs;
    private final DrillFolder folder;
    private final Password password;
    private final Runnable cleanup = this::stopAndRemove;

    private ThrowAwayServer(ServerPrograms programs, DrillFolder folder, Password password) {
        this.programs = programs;
        this.folder = folder;
        this.password = password;
    }

    /**
     * Starts a server, and removes servers of dead processes.
     *
     * @param parent the folder for its data
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED}
     */
    static ThrowAwayServer start(ServerPrograms programs, Path parent) {
        removeLeftBehind(programs, parent);
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        ThrowAwayServer server = new ThrowAwayServer(
                programs,
                DrillFolder.create(parent),
                Password.of(BaseEncoding.base16().encode(random)));
        ShutdownCleanup.add(server.cleanup);
        try {
            server.start();
            return server;
        } catch (IOException failed) {
            server.close();
            throw new AutoDumpException(
                    ErrorCode.PROCESS_NOT_STARTED,
                    "a server for the drill couldn't be set up: " + IoReason.of(failed) + "; nothing was restored",
                    "choose another folder for the server's data, or " + Hints.DRILL_SERVER,
                    failed);
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** Stops the servers of dead processes, and removes their folders. */
    static void removeLeftBehind(ServerPrograms programs, Path parent) {
        for (Path abandoned : DrillFolder.leftBehind(parent)) {
            stop(programs, data(abandoned));
            DrillFolder.removeLeftBehind(abandoned);
        }
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    private void start() throws IOException {
        Path home = privateFolder("data");
        privateFolder("socket");
        requireShortSocket();
        Path passwordFile = Files.createFile(
                folder.path().resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, password.reveal());
        programs.user().give(passwordFile);
        programs.run(
                "initdb",
                List.of(
                        "--pgdata=" + home,
                        "--username=" + SUPERUSER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync"),
                INITDB_LIMIT);
        Files.delete(passwordFile);
        Path settings = home.resolve("postgresql.auto.conf");
        Files.writeString(settings, SETTINGS + "unix_socket_directories = '" + quoted(socketFolder()) + "'\n");
        Path log = folder.path().resolve("data").resolve("server.log");
        programs.run(
                "pg_ctl",
                List.of(
                        "start",
                        "--pgdata=" + home,
                        "--wait",
                        "--timeout=" + START_LIMIT.toSeconds(),
                        "--silent",
                        "--log=" + log),
                START_LIMIT.plusSeconds(10));
    }

    private Path privateFolder(String name) throws IOException {
        Path made = Files.createDirectory(
                folder.path().resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        programs.user().give(made);
        return made;
    }

    private Path socketFolder() {
        return folder.path().resolve("socket");
    }

    private static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }

    private void requireShortSocket() {
        String socket = socketFolder() + "/.s.PGSQL.5432";
        if (socket.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
            throw new AutoDumpException(
                    ErrorCode.PROCESS_NOT_STARTED,
                    "the server's socket would be " + socket + ", and no socket may have a name longer than "
                            + LONGEST_SOCKET + " bytes; nothing was restored",
                    "choose a folder with a shorter name for the server's data");
        }
    }

    /** Returns the superuser's connection. */
    DatabaseSecret connection() {
        return DatabaseSecret.builder()
                .host(socketFolder().toString())
                .database("postgres")
                .username(SUPERUSER)
                .password(password)
                .tls(TlsMode.DISABLE)
                .build();
    }

    /** Stops the server and removes its folder, on an interrupted thread too. Can be called more than once. */
    @Override
    public void close() {
        Uninterrupted.run(this::stopAndRemove);
        ShutdownCleanup.remove(cleanup);
    }

    private synchronized void stopAndRemove() {
        if (Files.exists(folder.path())) {
            stop(programs, data(folder.path()));
            folder.close();
        }
    }

    private static void stop(ServerPrograms programs, Path data) {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            programs.stop(data);
        }
    }
}
