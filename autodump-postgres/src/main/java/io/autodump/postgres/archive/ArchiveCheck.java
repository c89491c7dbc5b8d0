package io.autodump.postgres.archive;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.client.PostgresClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Checks an archive: its structure must be complete to the last block, and the program that restores it must be able to
 * read its contents list. A later verification applies the same rule.
 */
public final class ArchiveCheck implements OutputCheck {
    private final ArchiveFollower follower = new ArchiveFollower();
    private final ContentsListing listing;

    private ArchiveCheck(ContentsListing listing) {
        this.listing = listing;
    }

    /**
     * Starts {@code pg_restore}.
     *
     * @param redaction hides what the program's messages mustn't show
     */
    public static ArchiveCheck start(PostgresClient client, UnaryOperator<String> redaction) {
        return new ArchiveCheck(ContentsListing.start(client, redaction));
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        follower.accept(bytes, offset, length);
        listing.accept(bytes, offset, length);
    }

    @Override
    public Optional<Integer> finish() {
        follower.problem().ifPresent(problem -> {
            throw incomplete("its archive isn't whole: " + problem);
        });
        try {
            // The stall timeout of the dump ends the wait.
            ContentsListing.Result result = listing.finish(follower.entries(), Duration.ZERO);
            if (!result.problem().isEmpty()) {
                throw incomplete("pg_restore can't read the contents list of its archive: " + result.problem());
            }
            return Optional.of(result.entries());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AutoDumpException(
                    ErrorCode.INTERRUPTED, "the dump was stopped; nothing was published", "run it again");
        }
    }

    private static AutoDumpException incomplete(String problem) {
        return new AutoDumpException(
                ErrorCode.DUMP_INCOMPLETE,
                "pg_dump exited with status 0, and " + problem + "; nothing was published",
                "run the dump again; if it stays, run pg_dump by hand and compare");
    }

    @Override
    public void close() {
        listing.close();
    }
}
