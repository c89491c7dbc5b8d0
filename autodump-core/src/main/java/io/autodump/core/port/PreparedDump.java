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
     * Returns how many parts {@link #writeParts} writes at a time, the archive included. With 1, the default, the dump
     * is one file, and {@code writeParts} isn't called. Also with more, {@link #writeTo} works: it is called if the
     * store takes no parts.
     */
    default int jobs() {
        return 1;
    }

    /** Takes the parts of a dump. Thread-safe; each part is for one thread. */
    interface PartSink {
        /**
         * Begins a part, which the caller commits or closes. A part whose upload failed or was closed may be begun
         * again, under the same name.
         *
         * @param name as {@link io.autodump.core.dump.DumpPart#archiveName} or {@link
         *     io.autodump.core.dump.DumpPart#dataName} returns it
         * @return takes the stored bytes of the part, compressed; its commit returns what the store holds
         * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}
         * @throws IllegalStateException if a part of this name is open or committed
         */
        DumpUpload part(String name);
    }

    /**
     * Writes the whole dump as parts, at most {@link #jobs} at a time. Returns only if the source succeeded, as {@link
     * #writeTo} does; then every part is committed, no thread uses the sink, and {@link SourceReport#parts} of the
     * report has every part, under the name that {@code part} was called with. If {@link
     * io.autodump.core.dump.DumpSettings#isEncrypted}, the sink encrypts, and the stored files have {@code .age} behind
     * these names: {@link io.autodump.core.dump.DumpParts#restoreCommands} decrypts them first. Also after a failure,
     * no thread uses the sink. Called once, instead of {@code writeTo}.
     *
     * @throws io.autodump.core.error.AutoDumpException if the source or the sink failed in any way
     */
    default SourceReport writeParts(PartSink sink, DumpProgress progress) {
        throw new UnsupportedOperationException("jobs() is 1");
    }

    /**
     * Stops what still runs, on this machine and on the server, and removes temporary files. May be called more than
     * once. Throws nothing.
     */
    @Override
    void close();
}
