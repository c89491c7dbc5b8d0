package io.autodump.core.usecase.dump;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpStore;

/** Finds a dump by its key, through its manifest. */
public final class FinishedDump {
    private FinishedDump() {}

    public static DumpManifest require(DumpStore store, DumpKey key) {
        return store.find(key)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.DUMP_NOT_FOUND,
                        "there is no finished dump " + key + "; nothing was changed",
                        Hints.LIST_DUMPS));
    }
}
