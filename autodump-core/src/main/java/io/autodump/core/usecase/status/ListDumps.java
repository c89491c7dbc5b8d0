package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Problem;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import io.autodump.core.usecase.Ports;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists finished dumps. A file without a manifest isn't a dump. Reads several manifests at the same time, on the JVM's
 * common pool. Changes nothing. Thread-safe.
 */
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
        StoreNames names = store.names();
        List<DumpKey> found = names.dumps().stream()
                .filter(key -> secretName.map(key::belongsTo).orElse(true))
                .toList();
        List<Entry> entries = found.parallelStream().map(this::read).toList();
        List<DumpManifest> dumps = entries.stream()
                .flatMap(entry -> entry.dump().stream())
                // A prefix can make one secret's key look like another's; the manifest knows.
                .filter(dump -> secretName.map(dump.secretName()::equals).orElse(true))
                .sorted(Comparator.comparing(DumpManifest::scheduledAt).thenComparing(DumpManifest::key))
                .toList();
        return new DumpListing(
                dumps,
                entries.stream().flatMap(entry -> entry.unreadable().stream()).toList(),
                proven(dumps, names.records()));
    }

    private Set<DumpKey> proven(List<DumpManifest> dumps, List<RecordKey> names) {
        NewestRecords records = new NewestRecords(store.records(), names, Instant.MAX);
        return dumps.stream()
                .filter(dump -> FindDumps.isProven(dump, records))
                .map(DumpManifest::key)
                .collect(Collectors.toSet());
    }

    /** A dump or an unreadable manifest; neither if the dump was removed since it was listed. */
    private record Entry(Optional<DumpManifest> dump, Optional<Problem> unreadable) {}

    private Entry read(DumpKey key) {
        try {
            return new Entry(store.find(key), Optional.empty());
        } catch (AutoDumpException failed) {
            if (failed.code() != ErrorCode.INVALID_DOCUMENT && failed.code() != ErrorCode.DUMP_CORRUPT) {
                throw failed;
            }
            return new Entry(Optional.empty(), Optional.of(new Problem(key.manifestKey(), failed.description())));
        }
    }
}
