package io.autodump.core.port;

import io.autodump.core.record.DumpRecord;
import io.autodump.core.record.RecordKey;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Small documents beside the dumps of a store: runs that failed or were missed, and what is known about a dump besides
 * its manifest. A record never makes a dump appear, and never holds a secret's value. Thread-safe.
 */
public interface DumpRecords {
    /** Keeps no records. For a store of your own that has no place for them. */
    DumpRecords NONE = new DumpRecords() {
        @Override
        public void write(DumpRecord record) {}

        @Override
        public Optional<DumpRecord> find(RecordKey key) {
            return Optional.empty();
        }

        @Override
        public Stream<RecordKey> list(String folder) {
            return Stream.empty();
        }

        @Override
        public void delete(RecordKey key) {}
    };

    /**
     * Writes a record under its key. Replaces an earlier record with that key atomically: a reader finds either the
     * earlier record or this one.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}
     */
    void write(DumpRecord record);

    /**
     * Returns a record; empty if there is none.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code INVALID_DOCUMENT} if it isn't a record, or {@code
     *     STORE_FAILED} if the store can't be read
     */
    Optional<DumpRecord> find(RecordKey key);

    /**
     * Returns the keys of all records in a folder and its subfolders, in no particular order. Close the
     * stream after use.
     *
     * @param folder a folder of the store, as {@link RecordKey#secretFolder()} returns it; empty for the whole store
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}, also while the stream is read
     */
    Stream<RecordKey> list(String folder);

    /**
     * Removes a record. Does nothing if there is none.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}
     */
    void delete(RecordKey key);
}
