package io.autodump.postgres.archive;

import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.process.ChildProcess;
import io.autodump.process.ProgramFeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * {@code pg_restore --list} over an archive that passes by. The list stands at the archive's beginning, so that the
 * program ends long before the archive does, and from then on this costs nothing.
 */
final class ContentsListing implements AutoCloseable {
    /** Every entry begins with its number, on one line whatever its name; the header's lines begin with a semicolon. */
    private static final Pattern ENTRY = Pattern.compile("\\d+;");

    private final ClientEnvironment environment;
    private final ChildProcess pgRestore;
    private final Consumer<String> onEntry;
    private final Thread reader;
    /** None at all for an empty database. */
    private volatile int entries;

    private boolean satisfied;

    private ContentsListing(ClientEnvironment environment, ChildProcess pgRestore, Consumer<String> onEntry) {
        this.environment = environment;
        this.pgRestore = pgRestore;
        this.onEntry = onEntry;
        // A long list fills the pipe while its writer is still being fed.
        this.reader = new Thread(this::countEntries, "autodump-contents-list");
        reader.setDaemon(true);
        reader.start();
    }

    static ContentsListing start(PostgresClient client) {
        return start(client, entry -> {});
    }

    /**
     * Starts the program.
     *
     * @param onEntry receives the line of each entry, on another thread; what it did is visible after {@link #finish()}
     */
    static ContentsListing start(PostgresClient client, Consumer<String> onEntry) {
        ClientEnvironment environment = ClientEnvironment.offline();
        List<String> command = List.of(client.program("pg_restore").toString(), "--list");
        return new ContentsListing(
                environment,
                ChildProcess.start(command, environment.variables(), line -> false, ChildProcess.NO_REDACTION),
                onEntry);
    }

    /** Takes the next bytes of the archive. Returns whether more of them are wanted. */
    boolean accept(byte[] bytes, int offset, int length) {
        satisfied = satisfied || !ProgramFeed.offer(pgRestore.stdin(), bytes, offset, length);
        return !satisfied;
    }

    /**
     * What came of it, once all bytes were given.
     *
     * @param entries in the list; none at all for an empty database
     * @param problem why the list couldn't be read; empty if it could
     */
    record Result(int entries, String problem) {}

    Result finish() throws InterruptedException {
        ProgramFeed.end(pgRestore.stdin());
        int status = pgRestore.waitFor();
        reader.join();
        return status == 0
                ? new Result(entries, "")
                : new Result(0, pgRestore.lastError().orElse("exit status " + status));
    }

    @Override
    public void close() {
        pgRestore.close();
        environment.close();
    }

    private void countEntries() {
        try (BufferedReader list =
                new BufferedReader(new InputStreamReader(pgRestore.stdout(), StandardCharsets.ISO_8859_1))) {
            int count = 0;
            for (String line = list.readLine(); line != null; line = list.readLine()) {
                if (ENTRY.matcher(line).lookingAt()) {
                    count++;
                    onEntry.accept(line);
                }
            }
            entries = count;
        } catch (IOException ended) {
            // Then its exit status tells that it was ended.
        }
    }
}
