package io.autodump.core.usecase.dump;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.RecordKey;
import io.autodump.core.suspicion.SuspicionLimits;
import io.autodump.core.suspicion.Suspicions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares a new dump with the good dumps of the same database before it. A suspicious dump isn't good, unless a person
 * has acknowledged it; then the dumps before it don't count any more.
 */
record GoodPredecessors(DumpStore store) {
    /** How many manifests are read at most. */
    private static final int MOST_READ = 2 * Suspicions.PREDECESSORS;

    /** Returns the manifest with what is suspicious about the dump, or with a warning if it couldn't be compared. */
    DumpManifest compared(DumpManifest manifest, SuspicionLimits limits) {
        if (limits.equals(SuspicionLimits.OFF)) {
            return manifest;
        }
        DumpManifest.Builder compared = DumpManifest.builder().from(manifest);
        try {
            compared.suspicions(Suspicions.of(manifest, before(manifest), limits));
        } catch (AutoDumpException unreadable) {
            compared.addWarnings("the dump couldn't be compared with the dumps before it: " + unreadable.getMessage());
        }
        return compared.build();
    }

    private List<DumpManifest> before(DumpManifest manifest) {
        List<DumpManifest> good = new ArrayList<>();
        for (DumpKey key : newestBefore(manifest)) {
            Optional<DumpManifest> read =
                    find(key).filter(dump -> dump.secretName().equals(manifest.secretName()));
            boolean acknowledged = read.filter(this::isAcknowledged).isPresent();
            read.filter(dump -> acknowledged || dump.suspicions().isEmpty()).ifPresent(good::add);
            if (acknowledged || good.size() == Suspicions.PREDECESSORS) {
                break;
            }
        }
        return good;
    }

    private List<DumpKey> newestBefore(DumpManifest manifest) {
        try (Stream<DumpKey> keys = store.list(manifest.key().databaseFolder())) {
            return keys.filter(key -> key.databaseFolder().equals(manifest.key().databaseFolder()))
                    .filter(key -> key.compareTo(manifest.key()) < 0)
                    .sorted(Comparator.reverseOrder())
                    .limit(MOST_READ)
                    .toList();
        }
    }

    /** Empty also for a manifest that can't be read: it is no reason not to compare with the others. */
    private Optional<DumpManifest> find(DumpKey key) {
        try {
            return store.find(key);
        } catch (AutoDumpException unreadable) {
            return Optional.empty();
        }
    }

    private boolean isAcknowledged(DumpManifest dump) {
        return !dump.suspicions().isEmpty()
                && store.records()
                        .find(RecordKey.ofDump(dump.key(), RecordKey.Kind.ACCEPTED))
                        .isPresent();
    }
}
