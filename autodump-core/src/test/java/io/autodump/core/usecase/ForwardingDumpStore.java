package io.autodump.core.usecase;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/** Passes everything on to another store. A test overrides what it looks at. */
public abstract class ForwardingDumpStore implements DumpStore {
    private final DumpStore store;

    protected ForwardingDumpStore(DumpStore store) {
        this.store = store;
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        return store.find(key);
    }

    @Override
    public Stream<DumpKey> list() {
        return store.list();
    }

    @Override
    public DumpRecords records() {
        return store.records();
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
}
