package io.autodump.postgres.archive;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.client.PostgresClient;
import java.util.Optional;

/** An archive is whole, as far as its head tells, if the program that would restore it can read its contents list. */
public final class ContentsListCheck implements OutputCheck {
    private final ContentsListing listing;

    private ContentsListCheck(ContentsListing listing) {
        this.listing = listing;
    }

    public static ContentsListCheck start(PostgresClient client) {
        return new ContentsListCheck(ContentsListing.start(client));
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        listing.accept(bytes, offset, length);
    }

    @Override
    public Optional<Integer> finish() {
        try {
            ContentsListing.Result result = listing.finish();
            if (!result.problem().isEmpty()) {
                throw new AutoDumpException(
                        ErrorCode.DUMP_INCOMPLETE,
                        "pg_dump exited with status 0, and pg_restore can't read the contents list of its archive: "
                                + result.problem() + "; nothing was published",
                        "run the dump again; if it stays, run pg_dump by hand and compare");
            }
            return Optional.of(result.entries());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AutoDumpException(
                    ErrorCode.INTERRUPTED, "the dump was stopped; nothing was published", "run it again");
        }
    }

    @Override
    public void close() {
        listing.close();
    }
}
