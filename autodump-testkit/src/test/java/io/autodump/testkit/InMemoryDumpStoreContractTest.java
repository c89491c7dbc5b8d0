package io.autodump.testkit;

import io.autodump.core.port.DumpStore;
import io.autodump.core.testing.InMemoryDumpStore;

final class InMemoryDumpStoreContractTest extends DumpStoreContract {
    private final InMemoryDumpStore store = new InMemoryDumpStore();

    @Override
    protected DumpStore store() {
        return store;
    }

    @Override
    protected int manyParts() {
        return 10_000;
    }
}
