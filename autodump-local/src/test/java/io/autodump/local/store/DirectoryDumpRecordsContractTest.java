package io.autodump.local.store;

import io.autodump.core.port.DumpStore;
import io.autodump.testkit.DumpRecordsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryDumpRecordsContractTest extends DumpRecordsContract {
    private final DumpStore store;

    DirectoryDumpRecordsContractTest(@TempDir Path folder) {
        store = new DirectoryDumpStore(folder.resolve("dumps"));
    }

    @Override
    protected DumpStore store() {
        return store;
    }
}
