package io.autodump.core.port;

import io.autodump.core.dump.StoredFile;

/**
 * One file on its way into a {@link DumpStore}. Used by one thread. Closing without a commit aborts: it never publishes,
 * leaves nothing that anybody sees, and throws nothing that would hide why the upload is given up.
 */
public interface DumpUpload extends AutoCloseable {
    /**
     * Appends bytes. The array may be used again as soon as this returns.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}; the upload can only be closed after that
     * @throws IllegalStateException after a commit
     */
    void write(byte[] bytes, int offset, int length);

    /**
     * Makes the file complete and durable under its key, and checks that the store holds the bytes that were written.
     * Called once, and nothing is written after it. The file isn't a dump yet: that takes the manifest.
     *
     * @return the number of bytes that were written, and their SHA-256, which the upload computes in {@link #write}, so
     *     that no caller has to hash them a second time
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_CORRUPT} if the store holds other bytes, {@code
     *     DUMP_EXISTS} if a finished dump appeared under the key, {@code STORE_FAILED}
     * @throws io.autodump.core.error.OutcomeUnknownException if the answer was lost: the file may be there; without its
     *     manifest nobody takes it for a dump
     * @throws IllegalStateException if it was called before
     */
    StoredFile commit();

    /** Aborts unless committed. May be called more than once. */
    @Override
    void close();
}
