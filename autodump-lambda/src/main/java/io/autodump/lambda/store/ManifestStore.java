package io.autodump.lambda.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store that is asked for manifests and deletes dumps, and needs no permission to read a dump. A manifest without its
 * file is no dump. Files without a manifest aren't found: their age is known only to those who may read them.
 *
 * @param index lists and reads manifests
 * @param store deletes
 */
public record ManifestStore(DumpIndex index, DumpStore store) implements DumpStore {
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
    public DumpUpload begin(DumpKey key) {
        throw notAllowed();
    }

    @Override
    public void publish(DumpManifest manifest) {
        throw notAllowed();
    }

    @Override
    public InputStream open(DumpKey key) {
        throw notAllowed();
    }

    @Override
    public void discard(DumpManifest manifest) {
        throw notAllowed();
    }

    private static UnsupportedOperationException notAllowed() {
        return new UnsupportedOperationException("this function neither reads nor writes dumps");
    }
}
