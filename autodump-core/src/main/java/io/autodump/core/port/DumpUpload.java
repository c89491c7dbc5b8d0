package io.autodump.core.port;

import io.autodump.core.dump.Checksum;

/**
 * One file on its way into a {@link DumpStore}. Used by one thread. Closing without a commit aborts: it never publishes,
 * leaves nothing that anybody sees, and throws nothing that would hide why the upload is given up.
 */
public interface DumpUpload extends AutoCloseable {
    /**
     * Appends bytes. The array may be used again as soon as this returns.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}; the upload can only be closed after that
     */
    void write(byte[] bytes, int offset, int length);

    /**
     * Makes the file whole and durable under its key, after having checked that the store holds the bytes of that
     * checksum. Called once, and nothing is written after it. The file isn't a dump yet: that takes the manifest.
     *
     * @param expected of all the bytes that were written
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_CORRUPT} if the store holds other bytes, {@code
     *     DUMP_EXISTS} if a finished dump appeared under the key, {@code STORE_FAILED}
     * @throws io.autodump.core.error.OutcomeUnknownException if the answer was lost: the file may be there; without its
     *     manifest nobody takes it for a dump
     */
    void commit(Checksum expected);

    /** Aborts unless committed. May be called more than once. */
    @Override
    void close();
}
