package io.autodump.core.port;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpPart;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a dump as its restoring program does. Thread-safe. */
public interface ArchiveInspector {
    /**
     * Reads the contents list of an archive, or a plain script to its closing line. Doesn't close the stream. May stop
     * before the end of the stream.
     *
     * @param manifest the manifest of the dump; its file type and client version say how to read it
     * @param stored the stored bytes of the file, or of the part that is the archive, from the beginning
     * @return the number of entries in the contents list; empty for a plain script
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_CORRUPT} if the dump can't be read or is
     *     incomplete; {@code CLIENT_NOT_FOUND} or {@code CLIENT_TOO_OLD} if no program on this machine can read it
     */
    Optional<Integer> inspect(DumpManifest manifest, InputStream stored);

    /**
     * Decompresses the rows of a part and counts them. Reads the stream to its end, and doesn't close it.
     *
     * @param manifest the manifest of the dump
     * @param part a part that holds rows
     * @param stored the stored bytes, from the beginning
     * @return the number of rows; empty, the default, if they can't be counted
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_CORRUPT} if the part can't be decompressed
     */
    default OptionalLong countRows(DumpManifest manifest, DumpPart part, InputStream stored) {
        return OptionalLong.empty();
    }
}
