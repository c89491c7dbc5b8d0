package io.autodump.core.port;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import java.io.InputStream;

/**
 * Where dumps lie. A dump is two objects, the file and its manifest, and it exists only if both do: the manifest is
 * written last, and {@link #find}, {@link #list} and whoever builds on them don't see a file without one.
 */
public interface DumpStore extends DumpIndex {
    /**
     * Begins to write a file. Nothing is visible under the key before {@link DumpUpload#commit}; a file that an earlier
     * run left there without a manifest is replaced by the commit, and stays as it is if this upload is aborted.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_EXISTS} if there is a finished dump, {@code
     *     STORE_FAILED} if the store can't be written to
     */
    DumpUpload begin(DumpKey key);

    /**
     * Writes the manifest, atomically and durably. From here on the dump exists. Publishing an equal manifest again is
     * a no-op.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_EXISTS} if another manifest is there (which is
     *     kept), {@code DUMP_NOT_FOUND} if the file isn't, {@code STORE_FAILED}, also if the file isn't the manifest's:
     *     another attempt at the same run may have replaced it since it was committed
     * @throws io.autodump.core.error.OutcomeUnknownException if the answer was lost
     */
    void publish(DumpManifest manifest);

    /**
     * The stored bytes of a file, whether or not it has a manifest yet (a dump is checked before it is published).
     * Whoever wants a finished dump asks {@link #find} first. Close it after use.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_NOT_FOUND}, {@code STORE_FAILED}; an
     *     {@link java.io.IOException} while reading
     */
    InputStream open(DumpKey key);

    /**
     * Removes a committed file whose manifest will not be published. What isn't this attempt's alone stays: a file that
     * is part of a finished dump, or that another attempt at the same run has replaced since. Discarding what isn't
     * there is a no-op.
     *
     * @param manifest of the file; never published
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}; the file is then left, and nobody sees it
     */
    void discard(DumpManifest manifest);

    /**
     * Removes the manifest first and then the file, so that no moment shows a dump that isn't whole. Removing what
     * isn't there is a no-op.
     */
    void delete(DumpKey key);
}
