package io.autodump.core.port;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import io.autodump.core.record.UnfinishedFile;
import java.io.InputStream;
import java.util.stream.Stream;

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

    /** Returns the records beside the dumps of this store. By default the store keeps none. */
    default DumpRecords records() {
        return DumpRecords.NONE;
    }

    /**
     * Returns the newest names in the store: at least the newest {@code perDatabase} finished dumps of each database
     * folder, and all records that are newer than those. May also return older ones. Takes about as long for many dumps
     * as for few, if the store allows that. By default it lists everything.
     *
     * @param perDatabase at least 1
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}
     */
    default StoreNames newest(int perDatabase) {
        try (Stream<DumpKey> dumps = list();
                Stream<RecordKey> records = records().list("")) {
            return new StoreNames(dumps.toList(), records.toList());
        }
    }

    /**
     * Returns the files in a folder and its subfolders that have no manifest. By default it finds none.
     *
     * @param folder as for {@link DumpRecords#list}; empty for the whole store
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}, also while the stream is read
     */
    default Stream<UnfinishedFile> unfinished(String folder) {
        return Stream.empty();
    }

    /**
     * Removes a file that has no manifest. Keeps the file of a finished dump. Does nothing if there is no file. By
     * default it does nothing.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}
     */
    default void deleteUnfinished(DumpKey key) {}
}
