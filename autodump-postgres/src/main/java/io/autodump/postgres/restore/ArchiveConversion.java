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

/** {@code pg_restore} on its way from an archive to a script. It is fed by a thread of its own. */
final class ArchiveConversion implements AutoCloseable {
    private final ClientEnvironment environment;
    private final ChildProcess pgRestore;
    private final Thread feeder;
    private volatile Optional<IOException> failure = Optional.empty();

    private ArchiveConversion(ClientEnvironment environment, ChildProcess pgRestore, InputStream archive) {
        this.environment = environment;
        this.pgRestore = pgRestore;
        this.feeder = new Thread(() -> feed(archive), "autodump-archive-feed");
        feeder.setDaemon(true);
    }

    /** Starts the command, which writes the script to its standard output. */
    static ArchiveConversion start(List<String> command, InputStream archive) {
        ClientEnvironment environment = ClientEnvironment.offline();
        ArchiveConversion conversion = new ArchiveConversion(
                environment,
                ChildProcess.start(command, environment.variables(), line -> false, ChildProcess.NO_REDACTION),
                archive);
        conversion.feeder.start();
        return conversion;
    }

    /** Ends without the closing line of a script if the archive can't be read or isn't whole. */
    InputStream script() {
        return pgRestore.stdout();
    }

    /**
     * Waits for the end, and returns only if all of the archive has become the script.
     *
     * @throws AutoDumpException {@code DUMP_CORRUPT} with what {@code pg_restore} said
     * @throws IOException if the archive couldn't be read
     */
    void requireWhole() throws IOException, InterruptedException {
        int status = pgRestore.waitFor();
        feeder.join();
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
        }
        ProgramFeed.end(pgRestore.stdin());
    }
}
