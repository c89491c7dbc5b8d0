package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import io.autodump.core.testing.InMemoryDumpStore;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Remembers which manifests were read. */
final class CountingStore implements DumpStore {
    private final InMemoryDumpStore store;
    private final List<DumpKey> found = new ArrayList<>();

    CountingStore(InMemoryDumpStore store) {
        this.store = store;
    }

    InMemoryDumpStore inMemory() {
        return store;
    }

    List<DumpKey> found() {
        return found;
    }

    void reset() {
        found.clear();
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        found.add(key);
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
