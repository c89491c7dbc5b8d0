package io.autodump.postgres.archive;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.process.ChildProcess;
import io.autodump.process.ProgramFeed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs {@code pg_restore --list} over an archive while it streams. The list is at the beginning of the archive, so the
 * program ends early, and the rest of the archive costs nothing.
 */
final class ContentsListing implements AutoCloseable {
    /**
     * Every entry begins with its number and has one line, whatever its name. The lines of the header begin with
     * a semicolon.
     */
    private static final Pattern ENTRY = Pattern.compile("\\d+;");

    /** The header's line with the number of all entries, also of those that aren't listed. */
    private static final Pattern TOTAL = Pattern.compile(";\\s+TOC Entries: (\\d+)");

    private final ClientEnvironment environment;
    private final ChildProcess pgRestore;
    private final Thread reader;
    /** The number of entries; 0 for an empty database. */
    private volatile int entries;

    private volatile String total = "no";

    private boolean satisfied;

    private ContentsListing(ClientEnvironment environment, ChildProcess pgRestore) {
        this.environment = environment;
        this.pgRestore = pgRestore;
        // A thread of its own reads the list: a long list would fill the pipe while this thread still feeds
        // the program.
        this.reader = new Thread(this::countEntries, "autodump-contents-list");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the program.
     *
     * @param redaction hides what the program's messages mustn't show
     */
    static ContentsListing start(PostgresClient client, UnaryOperator<String> redaction) {
        ClientEnvironment environment = ClientEnvironment.offline();
        List<String> command = List.of(client.program("pg_restore").toString(), "--list");
        return new ContentsListing(
                environment, ChildProcess.start(command, environment.variables(), line -> false, redaction));
    }

    /** Takes the next bytes of the archive. Returns whether the program wants more. */
    boolean accept(byte[] bytes, int offset, int length) {
        satisfied = satisfied || !ProgramFeed.offer(pgRestore.stdin(), bytes, offset, length);
        return !satisfied;
    }

    /**
     * The result, after all bytes were given.
     *
     * @param entries the number of entries in the list; 0 for an empty database
     * @param problem why the list couldn't be read; empty if it could
     */
    record Result(int entries, String problem) {}

    /**
     * Waits for the end of the program.
     *
     * @param expected the number of entries that the archive itself says: a program that ends well may still have
     *     listed something else
     * @param limit how long another process may hold its output open afterwards; zero for ever
     */
    Result finish(long expected, Duration limit) throws InterruptedException {
        ProgramFeed.end(pgRestore.stdin());
        int status = pgRestore.waitFor();
        reader.join(limit.toMillis());
        if (reader.isAlive()) {
            throw new AutoDumpException(
                    ErrorCode.DUMP_STALLED,
                    "pg_restore has ended, and another process holds its output open; nothing was changed",
                    "look at what runs pg_restore in its folder, then try again");
        }
        if (status != 0) {
            return new Result(0, pgRestore.lastError().orElse(ended(status)));
        }
        return total.equals(String.valueOf(expected))
                ? new Result(entries, "")
                : new Result(0, "pg_restore lists " + total + " entries, and the archive has " + expected);
    }

    private static String ended(int status) {
        OptionalInt signal = ChildProcess.signal(status);
        return signal.isPresent() ? "it was ended by signal " + signal.getAsInt() : "exit status " + status;
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
            String found = "no";
            for (String line = list.readLine(); line != null; line = list.readLine()) {
                if (ENTRY.matcher(line).lookingAt()) {
                    count++;
                }
                Matcher header = TOTAL.matcher(line);
                if (header.lookingAt()) {
                    found = header.group(1);
                }
            }
            entries = count;
            total = found;
        } catch (IOException ended) {
            // There is no number of entries then.
        }
    }
}
