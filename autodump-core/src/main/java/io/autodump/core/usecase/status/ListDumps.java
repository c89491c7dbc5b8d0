package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Problem;
import io.autodump.core.port.DumpStore;
import io.autodump.core.usecase.Ports;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists finished dumps. A file without a manifest isn't a dump. Changes nothing. Thread-safe. */
public final class ListDumps {
    private final DumpStore store;

    ListDumps(DumpStore store) {
        this.store = store;
    }

    /** Not API: {@link io.autodump.core.AutoDump#list} is. */
    public static ListDumps of(Ports ports) {
        return new ListDumps(ports.store());
    }

    /**
     * Lists the dumps of one secret, or of all.
     *
     * @param secretName whose dumps; empty for all
     * @throws AutoDumpException {@code STORE_FAILED} if the store can't be listed
     */
    public DumpListing list(Optional<String> secretName) {
        List<DumpManifest> dumps = new ArrayList<>();
        List<Problem> unreadable = new ArrayList<>();
        try (Stream<DumpKey> keys = store.list()) {
            keys.filter(key -> secretName.map(key::belongsTo).orElse(true))
                    .forEach(key -> read(key, dumps, unreadable));
        }
        // A prefix can make one secret's key look like another's; the manifest knows.
        secretName.ifPresent(name -> dumps.removeIf(dump -> !dump.secretName().equals(name)));
        dumps.sort(Comparator.comparing(DumpManifest::scheduledAt).thenComparing(DumpManifest::key));
        return new DumpListing(dumps, unreadable);
    }

    private void read(DumpKey key, List<DumpManifest> dumps, List<Problem> unreadable) {
        try {
            store.find(key).ifPresent(dumps::add);
        } catch (AutoDumpException failed) {
            if (failed.code() != ErrorCode.INVALID_DOCUMENT && failed.code() != ErrorCode.DUMP_CORRUPT) {
                throw failed;
            }
            unreadable.add(new Problem(key.manifestKey(), failed.description()));
        }
    }
}
