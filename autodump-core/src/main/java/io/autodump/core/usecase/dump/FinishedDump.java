package io.autodump.core.usecase.dump;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpStore;

/** Finds and deletes a dump by its key, through its manifest. Not API. */
public final class FinishedDump {
    private FinishedDump() {}

    public static DumpManifest require(DumpStore store, DumpKey key) {
        return store.find(key)
                .orElseThrow(() -> new AutoDumpException(
                        ErrorCode.DUMP_NOT_FOUND,
                        "there is no finished dump " + key + "; nothing was changed",
                        Hints.LIST_DUMPS));
    }

    /** Deletes a dump that has a manifest; {@link io.autodump.core.AutoDump#delete} is the API. */
    public static void delete(DumpStore store, DumpKey key) {
        try {
            require(store, key);
        } catch (AutoDumpException unusable) {
            // The manifest is there and the file isn't. What is left goes too.
            if (unusable.code() != ErrorCode.DUMP_CORRUPT) {
                throw unusable;
            }
        }
        store.delete(key);
    }
}
