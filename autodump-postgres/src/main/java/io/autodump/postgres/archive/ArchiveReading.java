package io.autodump.postgres.archive;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.client.ClientEnvironment;
import io.autodump.postgres.client.PostgresClient;
import io.autodump.process.ChildProcess;
import io.autodump.process.ProgramFeed;
import io.autodump.process.ShutdownCleanup;
import io.autodump.process.stream.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/**
 * One pass over a custom archive by the program that restores it. Two processes read the stream: one lists the
 * contents, and the other turns the whole archive into a script that is discarded, so that every block of data is found
 * and decompressed. Both ignore bytes after the part that they need. The structure is therefore also followed to the
 * last block, by the same rule as when the archive was made.
 */
final class ArchiveReading {
    private static final int BUFFER = 64 * 1024;

    /** How long the list may still come after the program has ended: a pipe holds 64 KiB of it. */
    private static final Duration LONGEST_LIST = Duration.ofSeconds(10);

    private final PostgresClient client;

    ArchiveReading(PostgresClient client) {
        this.client = client;
    }

    /**
     * Reads an archive to its end.
     *
     * @return the number of entries in its contents list
     * @throws AutoDumpException {@code DUMP_CORRUPT} if it isn't complete
     * @throws IOException if the stream can't be read
     */
    int read(InputStream archive) throws IOException {
        List<String> command = List.of(client.program("pg_restore").toString(), "--file=/dev/null");
        try (ContentsListing listing = ContentsListing.start(client, ChildProcess.NO_REDACTION);
                ClientEnvironment environment = ClientEnvironment.offline();
                ChildProcess reader = ChildProcess.startWithoutOutput(
                        command, environment.variables(), line -> false, ChildProcess.NO_REDACTION)) {
            ArchiveFollower follower = feed(archive, listing, reader);
            int status = reader.waitFor();
            ContentsListing.Result result = listing.finish(follower.entries(), LONGEST_LIST);
            requireNotStopped();
            requireWhole(follower, status, reader, result);
            return result.entries();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    /** Reads to the end of the stream, even if the programs have read enough: nothing may follow the archive. */
    private static ArchiveFollower feed(InputStream archive, ContentsListing listing, ChildProcess reader)
            throws IOException {
        ArchiveFollower follower = new ArchiveFollower();
        byte[] buffer = new byte[BUFFER];
        boolean reading = true;
        for (int read = archive.read(buffer); read >= 0; read = archive.read(buffer)) {
            follower.accept(buffer, 0, read);
            listing.accept(buffer, 0, read);
            reading = reading && ProgramFeed.offer(reader.stdin(), buffer, 0, read);
        }
        ProgramFeed.end(reader.stdin());
        return follower;
    }

    private static void requireWhole(
            ArchiveFollower follower, int status, ChildProcess reader, ContentsListing.Result result) {
        follower.problem().ifPresent(problem -> {
            throw StoredBytes.corrupt(problem, null);
        });
        if (status != 0) {
            throw StoredBytes.corrupt(
                    reader.lastError().orElse("pg_restore exited with status " + status + " and said nothing"), null);
        }
        if (!result.problem().isEmpty()) {
            throw StoredBytes.corrupt(result.problem(), null);
        }
    }

    private static void requireNotStopped() {
        if (ShutdownCleanup.isUnderWay()) {
            throw stopped();
        }
    }

    private static AutoDumpException stopped() {
        return new AutoDumpException(
                ErrorCode.INTERRUPTED,
                "the process was asked to stop while it read the archive; nothing was changed",
                "verify the dump again");
    }
}
