package io.autodump.core.usecase.retain;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.Acknowledgement;
import io.autodump.core.usecase.Ports;
import io.autodump.core.usecase.dump.FinishedDump;
import java.time.InstantSource;

/**
 * Records that a person accepts a suspicious dump. Its database is then no longer suspicious, retention continues, and
 * later dumps are compared with this one. Thread-safe.
 */
public final class AcknowledgeDump {
    private final DumpStore store;
    private final InstantSource clock;

    AcknowledgeDump(DumpStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Not API. Call {@link io.autodump.core.Monitoring#acknowledge} instead. */
    public static AcknowledgeDump of(Ports ports) {
        return new AcknowledgeDump(ports.store(), ports.clock());
    }

    /**
     * Acknowledges a dump. Changes nothing if the dump isn't suspicious.
     *
     * @param note what the person says about it; may be empty
     * @return the manifest of the dump
     * @throws AutoDumpException {@code DUMP_NOT_FOUND}, {@code STORE_FAILED}
     */
    public DumpManifest acknowledge(DumpKey key, String note) {
        DumpManifest manifest = FinishedDump.require(store, key);
        if (!manifest.suspicions().isEmpty()) {
            store.records().write(new Acknowledgement(key, clock.instant(), note));
        }
        return manifest;
    }
}
