package io.autodump.core.testing;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.StoredFile;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.OutcomeUnknownException;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.port.PartsUpload;
import io.autodump.core.record.DumpRecord;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.UnfinishedFile;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store that wraps another one and fails at one call, before the work or after it. Thread-safe if the other store is.
 */
public final class FaultyDumpStore implements DumpStore {
    /** The call that fails. */
    public enum Call {
        BEGIN,
        /** Of the bytes of a dump, or of a record. */
        WRITE,
        COMMIT,
        PUBLISH,
        FIND,
        OPEN
    }

    /** How the call fails. */
    public enum Fault {
        /** The work isn't done, and the exception says so. */
        REFUSED,
        /** The work is done, but the answer is lost. */
        ANSWER_LOST,
        /** The work isn't done, but the answer says that it is. For {@link Call#WRITE} only. */
        LOST
    }

    private final DumpStore store;
    private final Call call;
    private final Fault fault;

    /**
     * Wraps a store.
     *
     * @param store the store that does the work
     * @param call the call that fails, every time
     * @param fault how it fails
     */
    public FaultyDumpStore(DumpStore store, Call call, Fault fault) {
        this.store = store;
        this.call = call;
        this.fault = fault;
    }

    @Override
    public DumpUpload begin(DumpKey key) {
        refuse(Call.BEGIN);
        return new FaultyUpload(store.begin(key));
    }

    @Override
    public boolean takesParts() {
        return store.takesParts();
    }

    @Override
    public PartsUpload beginParts(DumpKey key, int concurrent) {
        refuse(Call.BEGIN);
        PartsUpload upload = store.beginParts(key, concurrent);
        return new PartsUpload() {
            @Override
            public DumpUpload part(String name) {
                return new FaultyUpload(upload.part(name));
            }

            @Override
            public void commit() {
                upload.commit();
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    /** Its writes and its commit fail. */
    private final class FaultyUpload implements DumpUpload {
        private final DumpUpload upload;

        FaultyUpload(DumpUpload upload) {
            this.upload = upload;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            refuse(Call.WRITE);
            if (call != Call.WRITE || fault != Fault.LOST) {
                upload.write(bytes, offset, length);
            }
        }

        @Override
        public StoredFile commit() {
            refuse(Call.COMMIT);
            StoredFile stored = upload.commit();
            loseAnswer(Call.COMMIT);
            return stored;
        }

        @Override
        public void close() {
            upload.close();
        }
    }

    @Override
    public void publish(DumpManifest manifest) {
        refuse(Call.PUBLISH);
        store.publish(manifest);
        loseAnswer(Call.PUBLISH);
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        refuse(Call.FIND);
        return store.find(key);
    }

    @Override
    public Stream<DumpKey> list() {
        return store.list();
    }

    @Override
    public InputStream open(DumpKey key) {
        refuse(Call.OPEN);
        return store.open(key);
    }

    @Override
    public InputStream openPart(DumpKey key, String name) {
        refuse(Call.OPEN);
        return store.openPart(key, name);
    }

    @Override
    public void discard(DumpManifest manifest) {
        store.discard(manifest);
    }

    @Override
    public void delete(DumpKey key) {
        store.delete(key);
    }

    @Override
    public DumpRecords records() {
        DumpRecords records = store.records();
        return new DumpRecords() {
            @Override
            public void write(DumpRecord record) {
                refuse(Call.WRITE);
                records.write(record);
            }

            @Override
            public Optional<DumpRecord> find(RecordKey key) {
                return records.find(key);
            }

            @Override
            public Stream<RecordKey> list(String folder) {
                return records.list(folder);
            }

            @Override
            public void delete(RecordKey key) {
                records.delete(key);
            }
        };
    }

    @Override
    public Stream<UnfinishedFile> unfinished(String folder) {
        return store.unfinished(folder);
    }

    @Override
    public void deleteUnfinished(DumpKey key) {
        store.deleteUnfinished(key);
    }

    private void refuse(Call now) {
        if (now == call && fault == Fault.REFUSED) {
            throw new AutoDumpException(
                    ErrorCode.STORE_FAILED, "the store failed at " + now + "; nothing was published", "try again");
        }
    }

    private void loseAnswer(Call now) {
        if (now == call && fault == Fault.ANSWER_LOST) {
            throw new OutcomeUnknownException(
                    "the store's answer to " + now + " was lost", "look whether the dump is listed", null);
        }
    }
}
