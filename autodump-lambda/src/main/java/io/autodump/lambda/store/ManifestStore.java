package io.autodump.lambda.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store that is asked for manifests and deletes dumps, and needs no permission to read a dump. A manifest without its
 * file is no dump. Files without a manifest aren't found: their age is known only to those who may read them.
 */
public final class ManifestStore extends StoreWithoutDumps {
    private final DumpIndex index;
    private final DumpStore store;

    /**
     * Makes no call.
     *
     * @param index lists and reads manifests
     * @param store deletes
     */
    public ManifestStore(DumpIndex index, DumpStore store) {
        this.index = index;
        this.store = store;
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        return index.find(key);
    }

    @Override
    public Stream<DumpKey> list() {
        return index.list();
    }

    @Override
    public void delete(DumpKey key) {
        store.delete(key);
    }

    @Override
    public DumpRecords records() {
        return store.records();
    }

    @Override
    UnsupportedOperationException notAllowed() {
        return new UnsupportedOperationException("this function neither reads nor writes dumps");
    }
}
