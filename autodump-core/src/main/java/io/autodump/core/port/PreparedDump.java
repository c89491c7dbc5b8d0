package io.autodump.core.port;

import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.SourceReport;
import java.io.OutputStream;

/** A dump that can begin. Used by one thread, except for {@link #close}, which any thread may call to stop it. */
public interface PreparedDump extends AutoCloseable {
    /** What the bytes will be. */
    DumpFileType fileType();

    /** The size of the database in bytes as the server counts it, for a progress bar; a dump is smaller or larger. */
    long databaseBytes();

    /**
     * Writes the whole dump and returns only if the source ended well: its output was read to the end, its process
     * exited with status 0, and its own checks passed. The stream is flushed and not closed. Called once.
     *
     * @throws io.autodump.core.error.AutoDumpException for any other end, whatever has been written by then; an
     *     exception that the stream throws comes through unchanged
     */
    SourceReport writeTo(OutputStream sink, DumpProgress progress);

    /** Stops whatever still runs, here and on the server, and removes temporary files. Throws nothing. */
    @Override
    void close();
}
