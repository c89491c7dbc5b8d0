package io.autodump.postgres.archive;

import io.autodump.postgres.client.PostgresClient;
import io.autodump.process.stream.StoredBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A custom archive that arrives as a stream, and its contents list. The list is at the beginning, so only the beginning
 * is held in memory: the list and what fits into a pipe.
 *
 * @param lines one line for each entry, as {@code pg_restore --list} prints it, in the order of restoring; as ISO
 *     8859-1, so that names in any encoding stay unchanged
 * @param archive the whole archive, from its first byte
 */
public record ListedArchive(List<String> lines, InputStream archive) {
    private static final int BUFFER = 64 * 1024;

    /**
     * Reads the list.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_CORRUPT} if it can't be read
     * @throws IOException if the stream can't be read
     */
    public static ListedArchive read(PostgresClient client, InputStream archive)
            throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        try (ContentsListing listing = ContentsListing.start(client, lines::add)) {
            byte[] head = feed(archive, listing);
            ContentsListing.Result result = listing.finish();
            if (!result.problem().isEmpty()) {
                throw StoredBytes.corrupt(result.problem(), null);
            }
            return new ListedArchive(
                    List.copyOf(lines), new SequenceInputStream(new ByteArrayInputStream(head), archive));
        }
    }

    /** Gives the listing the bytes that it wants, and returns them. */
    private static byte[] feed(InputStream archive, ContentsListing listing) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        boolean wanted = true;
        while (wanted) {
            int read = archive.read(buffer);
            if (read > 0) {
                head.write(buffer, 0, read);
            }
            wanted = read >= 0 && listing.accept(buffer, 0, read);
        }
        return head.toByteArray();
    }
}
