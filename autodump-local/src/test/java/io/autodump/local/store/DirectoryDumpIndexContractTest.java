package io.autodump.local.store;

import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.DumpStore;
import io.autodump.testkit.DumpIndexContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryDumpIndexContractTest extends DumpIndexContract {
    private final DumpStore store;

    DirectoryDumpIndexContractTest(@TempDir Path folder) {
        store = new DirectoryDumpStore(folder.resolve("dumps"));
    }

    @Override
    protected DumpIndex index() {
        return store;
    }

    @Override
    protected DumpStore store() {
        return store;
    }
}
