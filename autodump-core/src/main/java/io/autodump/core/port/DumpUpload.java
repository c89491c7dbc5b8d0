package io.autodump.core.port;

import io.autodump.core.dump.StoredFile;
import java.io.OutputStream;

/**
 * A file that is being written to a {@link DumpStore}. Closing it without a commit aborts it: nothing is published,
 * nothing stays that is listed, and no exception hides why the upload was aborted. Not thread-safe.
 */
public interface DumpUpload extends AutoCloseable {
    /**
     * Appends bytes. The caller may reuse the array when this returns.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}; the upload can only be closed then
     * @throws IllegalStateException after a commit
     */
    void write(byte[] bytes, int offset, int length);

    /**
     * Returns a stream that writes to this upload. Flushing and closing it has no effect: {@link #commit} ends the
     * upload, or {@link #close} does.
     */
    default OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                DumpUpload.this.write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                DumpUpload.this.write(bytes, offset, length);
            }
        };
    }

    /**
     * Makes the file complete and durable under its key, and checks that the store holds the bytes that were written.
     * Called once; nothing is written afterwards. The file isn't a dump yet, because it has no manifest.
     *
     * @return the number of bytes that were written, and their SHA-256. The upload computes it in {@link #write}, so
     *     that no caller hashes the bytes a second time
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_CORRUPT} if the store holds other bytes, {@code
     *     DUMP_EXISTS} if a finished dump appeared under the key, {@code STORE_FAILED}
     * @throws io.autodump.core.error.OutcomeUnknownException if the store's answer was lost: the file may be there,
     *     but isn't a dump without its manifest
     * @throws IllegalStateException if it was called before
     */
    StoredFile commit();

    /** Aborts the upload, unless it is committed. May be called more than once. Throws nothing. */
    @Override
    void close();
}
