package io.autodump.testkit;

import io.autodump.core.port.DumpStore;
import io.autodump.core.testing.InMemoryDumpStore;

final class InMemoryDumpRecordsContractTest extends DumpRecordsContract {
    private final DumpStore store = new InMemoryDumpStore();

    @Override
    protected DumpStore store() {
        return store;
    }
}
