package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The finished dumps of a store. Immutable.
 *
 * @param dumps the manifests, oldest first
 * @param unreadable manifests that can't be read, or whose files are missing, by key; other dumps are listed all
 *     the same
 * @param proven the keys of those dumps that a restore has proven
 */
public record DumpListing(List<DumpManifest> dumps, List<Problem> unreadable, Set<DumpKey> proven) {
    public DumpListing {
        dumps = List.copyOf(dumps);
        unreadable = List.copyOf(unreadable);
        proven = Set.copyOf(proven);
    }

    /** Returns the dump with the latest scheduled instant; empty if there are no dumps. */
    public Optional<DumpManifest> latest() {
        return dumps.isEmpty() ? Optional.empty() : Optional.of(dumps.get(dumps.size() - 1));
    }

    /**
     * Returns the dump with the latest scheduled instant that isn't after a limit. A dump of a later instant was named
     * while the machine's clock was wrong.
     */
    public Optional<DumpManifest> latest(Instant limit) {
        return dumps.stream().filter(dump -> !dump.scheduledAt().isAfter(limit)).reduce((earlier, later) -> later);
    }

    /** Returns the dumps whose scheduled instants are after a limit, oldest first. */
    public List<DumpManifest> after(Instant limit) {
        return dumps.stream().filter(dump -> dump.scheduledAt().isAfter(limit)).toList();
    }
}
