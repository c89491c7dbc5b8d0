package io.autodump.local.store;

import io.autodump.core.port.DumpStore;
import io.autodump.testkit.DumpStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryDumpStoreContractTest extends DumpStoreContract {
    private final DumpStore store;

    DirectoryDumpStoreContractTest(@TempDir Path folder) {
        store = new DirectoryDumpStore(folder.resolve("dumps"));
    }

    @Override
    protected DumpStore store() {
        return store;
    }

    @Override
    protected int manyParts() {
        return Boolean.getBoolean("autodump.test.full") ? 10_000 : 500;
    }
}
