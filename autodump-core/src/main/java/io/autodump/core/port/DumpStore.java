package io.autodump.core.port;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import java.io.InputStream;

/**
 * Stores dumps. A dump consists of two objects, the file and its manifest, and exists only if both do. The manifest is
 * written last; {@link #find} and {@link #list} ignore a file without one. Thread-safe.
 */
public interface DumpStore extends DumpIndex {
    /**
     * Begins to write a file. Nothing is visible under the key before {@link DumpUpload#commit}. If an earlier attempt
     * left a file there without a manifest, the commit replaces it; it stays as it is if this upload is aborted.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_EXISTS} if there is a finished dump, {@code
     *     STORE_FAILED} if the store can't be written to
     */
    DumpUpload begin(DumpKey key);

    /**
     * Writes the manifest, atomically and durably. From then on the dump exists. Publishing an equal manifest again
     * has no effect.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_EXISTS} if there is another manifest, which is
     *     kept; {@code DUMP_NOT_FOUND} if the file is missing; {@code STORE_FAILED}, also if the file isn't the
     *     manifest's, because another attempt at the same run has replaced it since
     * @throws io.autodump.core.error.OutcomeUnknownException if the store's answer was lost
     */
    void publish(DumpManifest manifest);

    /**
     * Opens a file, with or without a manifest: a dump is checked before it is published. To read a finished dump, ask
     * {@link #find} first. Close the stream after use.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_NOT_FOUND}, {@code STORE_FAILED}; reading the
     *     stream throws {@link java.io.IOException}
     */
    InputStream open(DumpKey key);

    /**
     * Removes a committed file whose manifest will not be published. Keeps a file that belongs to a finished dump, or
     * that another attempt at the same run has replaced since. Does nothing if there is no file.
     *
     * @param manifest the manifest of the file; never published
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}; the file then stays, and isn't listed
     */
    void discard(DumpManifest manifest);

    /**
     * Removes the manifest first and then the file, so that a half-removed dump is never listed. Does nothing if there
     * is no dump.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}
     */
    void delete(DumpKey key);
}
