package io.autodump.core.port;

import io.autodump.core.dump.DumpManifest;
import java.io.InputStream;
import java.util.Optional;

/** Reads a dump as the program that will restore it would. */
public interface ArchiveInspector {
    /**
     * Reads the contents list of an archive, or a plain script to its closing line. Doesn't close the stream, and need
     * not read it to its end.
     *
     * @param manifest of the dump; its file type and the version of its client say how to read it
     * @return the number of entries in the contents list; empty for a plain script
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_CORRUPT} if it can't be read or isn't whole, {@code
     *     CLIENT_NOT_FOUND} or {@code CLIENT_TOO_OLD} if nothing here can read it
     */
    Optional<Integer> inspect(DumpManifest manifest, InputStream stored);
}
