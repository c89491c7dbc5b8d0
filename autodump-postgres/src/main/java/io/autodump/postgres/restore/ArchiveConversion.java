package io.autodump.postgres.restore;

import io.autodump.core.error.AutoDumpException;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.process.ChildProcess;
import io.autodump.process.ProgramFeed;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Converts an archive into a script with {@code pg_restore}. A thread of its own feeds the program. */
final class ArchiveConversion implements AutoCloseable {
    private final ClientEnvironment environment;
    private final ChildProcess pgRestore;
    private final Thread feeder;
    private volatile Optional<IOException> failure = Optional.empty();
    private volatile Optional<RuntimeException> damage = Optional.empty();

    private ArchiveConversion(ClientEnvironment environment, ChildProcess pgRestore, InputStream archive) {
        this.environment = environment;
        this.pgRestore = pgRestore;
        this.feeder = new Thread(() -> feed(archive), "autodump-archive-feed");
        feeder.setDaemon(true);
    }

    /**
     * Starts the command, which writes the script to its standard output.
     *
     * @param redaction hides what the program's messages mustn't show
     */
    static ArchiveConversion start(List<String> command, UnaryOperator<String> redaction, InputStream archive) {
        ClientEnvironment environment = ClientEnvironment.offline();
        ArchiveConversion conversion = new ArchiveConversion(
                environment, ChildProcess.start(command, environment.variables(), line -> false, redaction), archive);
        conversion.feeder.start();
        return conversion;
    }

    /** Returns the script. It ends without its closing line if the archive can't be read or isn't complete. */
    InputStream script() {
        return pgRestore.stdout();
    }

    /**
     * Waits for the end. Returns only if the whole archive was converted.
     *
     * @throws AutoDumpException {@code DUMP_CORRUPT} with the message of {@code pg_restore}, or what the archive throws
     * @throws IOException if the archive couldn't be read
     */
    void requireWhole() throws IOException, InterruptedException {
        int status = pgRestore.waitFor();
        feeder.join();
        if (damage.isPresent()) {
            throw damage.get();
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (status != 0) {
            throw StoredBytes.corrupt(
                    pgRestore.lastError().orElse("pg_restore exited with status " + status + " and said nothing"),
                    null);
        }
    }

    @Override
    public void close() {
        pgRestore.close();
        environment.close();
    }

    private void feed(InputStream archive) {
        try {
            ProgramFeed.copy(archive, pgRestore.stdin());
        } catch (IOException unreadable) {
            failure = Optional.of(unreadable);
        } catch (RuntimeException damaged) {
            damage = Optional.of(damaged);
        }
        ProgramFeed.end(pgRestore.stdin());
    }
}
