package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.core.usecase.ForwardingDumpStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers which manifests were read. */
final class CountingStore extends ForwardingDumpStore {
    private final InMemoryDumpStore store;
    private final List<DumpKey> found = new ArrayList<>();

    CountingStore(InMemoryDumpStore store) {
        super(store);
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
        return super.find(key);
    }
}
