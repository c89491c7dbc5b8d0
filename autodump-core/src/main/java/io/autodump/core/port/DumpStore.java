package io.autodump.core.port;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import io.autodump.core.record.UnfinishedFile;
import java.io.InputStream;
import java.util.stream.Stream;

/**
 * Stores dumps. A dump consists of a file and its manifest, and exists only if both do. The manifest is written last;
 * {@link #find} and {@link #list} ignore a file without one. A dump of several parts has no file under its key, but one
 * per part in the folder {@link DumpKey#partsFolder}. All methods treat these together as its file. Thread-safe.
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

    /** Returns whether the store takes dumps of several parts. By default it doesn't. */
    default boolean takesParts() {
        return false;
    }

    /**
     * Begins to write a dump of several parts. Removes what an earlier attempt left under the key without a manifest.
     *
     * @param concurrent how many parts are open at a time, at most; at least 1. They share the memory of one upload
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_EXISTS} if there is a finished dump, {@code
     *     STORE_FAILED} if the store can't be written to
     * @throws UnsupportedOperationException if the store doesn't {@linkplain #takesParts take parts}
     */
    default PartsUpload beginParts(DumpKey key, int concurrent) {
        throw new UnsupportedOperationException("this store takes no parts");
    }

    /**
     * As {@link #begin(DumpKey)}, for a store that plans by the size of the database. By default, the size makes no
     * difference to a store.
     *
     * @param databaseBytes the size of the database on its server's disk; 0 if it is unknown
     * @throws io.autodump.core.error.AutoDumpException as above; {@code STORE_FAILED} also if no dump of such a
     *     database fits into the store
     */
    default DumpUpload begin(DumpKey key, long databaseBytes) {
        return begin(key);
    }

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
     * Opens one part of a dump, with or without a manifest. Close the stream after use. By default there is none.
     *
     * @param name as {@link io.autodump.core.dump.DumpPart#name()}
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_NOT_FOUND}, {@code STORE_FAILED}; reading the
     *     stream throws {@link java.io.IOException}
     */
    default InputStream openPart(DumpKey key, String name) {
        throw new AutoDumpException(
                ErrorCode.DUMP_NOT_FOUND,
                "there is no part " + name + " of dump " + key + ": this store takes no parts; nothing was changed",
                Hints.LIST_DUMPS);
    }

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
        return names();
    }

    /**
     * Returns the names of all finished dumps and records. A store that finds both in one listing overrides this.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}
     */
    default StoreNames names() {
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
