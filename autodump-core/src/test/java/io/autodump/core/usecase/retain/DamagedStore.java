package io.autodump.core.usecase.retain;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/** A store with one manifest that can't be read. */
class DamagedStore implements DumpStore {
    private final DumpStore store;
    private final DumpKey damaged;

    DamagedStore(DumpStore store, DumpKey damaged) {
        this.store = store;
        this.damaged = damaged;
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        if (key.equals(damaged)) {
            throw new AutoDumpException(ErrorCode.INVALID_DOCUMENT, "the manifest isn't JSON", "restore it");
        }
        return store.find(key);
    }

    @Override
    public DumpUpload begin(DumpKey key) {
        return store.begin(key);
    }

    @Override
    public void publish(DumpManifest manifest) {
        store.publish(manifest);
    }

    @Override
    public Stream<DumpKey> list() {
        return store.list();
    }

    @Override
    public InputStream open(DumpKey key) {
        return store.open(key);
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
        return store.records();
    }
}
