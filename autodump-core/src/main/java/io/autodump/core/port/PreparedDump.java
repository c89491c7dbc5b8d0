package io.autodump.core.port;

import io.autodump.core.dump.DumpFileType;
import io.autodump.core.dump.SourceReport;
import java.io.OutputStream;

/** A dump that is ready to start. Not thread-safe, except for {@link #close}, which any thread may call to stop it. */
public interface PreparedDump extends AutoCloseable {
    /** Returns the type of the file that will be written. */
    DumpFileType fileType();

    /**
     * Returns the size of the database in bytes as the server counts it, for a progress bar. The dump may be smaller
     * or larger.
     */
    long databaseBytes();

    /**
     * Writes the whole dump. Returns only if the source succeeded: its output was read to the end, its process exited
     * with status 0, and its own checks passed. Flushes the stream and doesn't close it. Called once.
     *
     * @throws io.autodump.core.error.AutoDumpException if the source failed in any way, whatever was written before;
     *     an exception of the stream is passed on unchanged
     */
    SourceReport writeTo(OutputStream sink, DumpProgress progress);

    /**
     * Stops what still runs, on this machine and on the server, and removes temporary files. May be called more than
     * once. Throws nothing.
     */
    @Override
    void close();
}
