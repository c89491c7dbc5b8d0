package io.autodump.postgres.drill;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.process.ChildProcess;
import io.autodump.process.LastProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The programs of a PostgreSQL server, and the user who runs them. Immutable.
 *
 * @param binFolder has {@code initdb}, {@code pg_ctl} and {@code postgres}
 * @param user runs them if this process is root's
 */
record ServerPrograms(Path binFolder, ServerUser user) {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final List<String> NAMES = List.of("initdb", "pg_ctl", "postgres");

    /**
     * Returns the programs of a major version. The packages put them beside the client programs.
     *
     * @throws AutoDumpException {@code SCRATCH_SERVER_MISSING} if they aren't installed, or nobody can run them
     */
    static ServerPrograms find(PostgresClients clients, int major) {
        return clients.all().stream()
                .filter(client -> client.major() == major)
                .map(PostgresClient::binFolder)
                .filter(ServerPrograms::areIn)
                .findFirst()
                .map(folder -> new ServerPrograms(folder, ServerUser.find()))
                .orElseThrow(() -> missing(clients, major));
    }

    private static boolean areIn(Path folder) {
        return NAMES.stream().allMatch(name -> Files.isExecutable(folder.resolve(name)));
    }

    private static AutoDumpException missing(PostgresClients clients, int major) {
        String installed = clients.all().stream()
                .filter(client -> areIn(client.binFolder()))
                .map(client -> String.valueOf(client.major()))
                .distinct()
                .collect(Collectors.joining(", "));
        return new AutoDumpException(
                ErrorCode.SCRATCH_SERVER_MISSING,
                "no scratch server is configured, and the server programs of PostgreSQL " + major
                        + " (initdb, pg_ctl, postgres) aren't installed here"
                        + (installed.isEmpty() ? "" : ", only those of " + installed) + "; nothing was restored",
                "install the server of version " + major + " (it needn't run), or " + Hints.DRILL_SERVER);
    }

    /**
     * Runs a program to its end.
     *
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED} with the last lines of its errors
     */
    void run(String name, List<String> arguments, Duration limit) {
        Optional<String> failure = tryToRun(name, arguments, limit);
        if (failure.isPresent()) {
            throw new AutoDumpException(
                    ErrorCode.PROCESS_NOT_STARTED,
                    "a server for the drill couldn't be started: " + failure.get() + "; nothing was restored",
                    "see that " + binFolder.resolve(name) + " works for " + user + ", or " + Hints.DRILL_SERVER);
        }
    }

    private Optional<String> tryToRun(String name, List<String> arguments, Duration limit) {
        try (ClientEnvironment environment = ClientEnvironment.offline();
                ChildProcess child = ChildProcess.startWithoutOutput(
                        command(name, arguments), environment.variables(), line -> false, ChildProcess.NO_REDACTION)) {
            OptionalInt status = child.waitFor(limit);
            return status.orElse(1) == 0 ? Optional.empty() : Optional.of(failure(name, status, child));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AutoDumpException(
                    ErrorCode.INTERRUPTED, "the drill was interrupted; nothing was restored", "repeat the drill");
        }
    }

    /** Stops a server at once. Works while the JVM is ending. */
    void stop(Path data) {
        try (ClientEnvironment environment = ClientEnvironment.offline()) {
            List<String> arguments = List.of("stop", "--pgdata=" + data, "--mode=immediate", "--wait", "--silent");
            LastProgram.run(command("pg_ctl", arguments), environment.variables(), STOP_LIMIT);
        }
    }

    private List<String> command(String name, List<String> arguments) {
        List<String> command = new ArrayList<>(user.prefix());
        command.add(binFolder.resolve(name).toString());
        command.addAll(arguments);
        return command;
    }

    private static String failure(String name, OptionalInt status, ChildProcess child) {
        return Stream.concat(
                        Stream.of(
                                status.isPresent()
                                        ? name + " exited with status " + status.getAsInt()
                                        : name + " didn't end in time"),
                        child.stderrLines().stream())
                .collect(Collectors.joining("; "));
    }
}
