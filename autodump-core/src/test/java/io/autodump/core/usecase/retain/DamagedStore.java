package io.autodump.core.usecase.retain;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.usecase.ForwardingDumpStore;
import java.util.Optional;

/** A store with one manifest that can't be read. */
class DamagedStore extends ForwardingDumpStore {
    private final DumpKey damaged;

    DamagedStore(DumpStore store, DumpKey damaged) {
        super(store);
        this.damaged = damaged;
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        if (key.equals(damaged)) {
            throw new AutoDumpException(ErrorCode.INVALID_DOCUMENT, "the manifest isn't JSON", "restore it");
        }
        return super.find(key);
    }
}
