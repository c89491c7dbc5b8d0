package io.autodump.postgres.contents;

import com.google.common.io.ByteSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;

/**
 * The contents list of a custom archive that arrives as a stream, and the archive from its first byte on. The list
 * stands at the beginning, so only that is held in memory.
 *
 * @param entries in the order of the archive
 * @param contentsList the bytes of the archive up to the end of the list; an archive without rows
 * @param archive all of its bytes; closing it closes the stream
 */
public record ArchiveCatalog(List<ArchiveEntry> entries, ByteSource contentsList, InputStream archive) {
    /**
     * Reads the list.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_CORRUPT} if it can't be read
     * @throws IOException if the stream can't be read
     */
    public static ArchiveCatalog read(InputStream archive) throws IOException {
        CatalogReader reader = new CatalogReader(archive);
        List<ArchiveEntry> entries = reader.entries();
        byte[] head = reader.head();
        return new ArchiveCatalog(
                entries, ByteSource.wrap(head), new SequenceInputStream(new ByteArrayInputStream(head), archive));
    }
}
