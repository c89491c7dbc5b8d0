package io.autodump.postgres.dump;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.process.ChildProcess;
import io.autodump.process.ProgramFeed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which clients are built with zstd. Asks each client once. Thread-safe. */
final class ZstdSupport {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Map<PostgresClient, Boolean> known = new ConcurrentHashMap<>();

    /**
     * Returns whether this client is built with zstd. If the client doesn't answer, this fails instead of returning
     * {@code false}: the answer is remembered, and it determines the file's extension and therefore the dump's key,
     * which a retry must find again.
     *
     * @throws AutoDumpException {@code PROCESS_NOT_STARTED}, {@code INTERRUPTED}
     */
    boolean of(PostgresClient client) {
        return PgDumpPlan.couldUseZstdOf(client) && known.computeIfAbsent(client, ZstdSupport::ask);
    }

    /** A client without zstd reports that before it tries to connect, here to a socket that doesn't exist. */
    private static boolean ask(PostgresClient client) {
        List<String> command = List.of(
                client.program("pg_dump").toString(),
                "--format=custom",
                "--compress=zstd:1",
                "--no-password",
                "--host=/nonexistent");
        try (ClientEnvironment environment = ClientEnvironment.offline();
                ChildProcess process = ChildProcess.startWithoutOutput(
                        command, environment.variables(), line -> false, ChildProcess.NO_REDACTION)) {
            ProgramFeed.end(process.stdin());
            if (process.waitFor(LIMIT).isEmpty()) {
                throw new AutoDumpException(
                        ErrorCode.PROCESS_NOT_STARTED,
                        "pg_dump " + client.version() + " was asked for its compression and didn't answer within "
                                + LIMIT.toSeconds() + " seconds; nothing was dumped",
                        "run " + command.get(0) + " by hand, then run the dump again");
            }
            return process.stderrLines().stream().noneMatch(line -> line.contains("compression"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw PgDumpFailure.stopped(0);
        }
    }
}
