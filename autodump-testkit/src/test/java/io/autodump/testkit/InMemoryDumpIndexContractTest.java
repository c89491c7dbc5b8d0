package io.autodump.testkit;

import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.DumpStore;
import io.autodump.core.testing.InMemoryDumpStore;

final class InMemoryDumpIndexContractTest extends DumpIndexContract {
    private final InMemoryDumpStore store = new InMemoryDumpStore();

    @Override
    protected DumpIndex index() {
        return store;
    }

    @Override
    protected DumpStore store() {
        return store;
    }
}
