package io.autodump.core.usecase.status;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * The finished dumps of a store.
 *
 * @param dumps oldest first
 * @param unreadable manifests that can't be read, or whose files are gone, by key; they hide no other dump
 */
public record DumpListing(List<DumpManifest> dumps, List<Problem> unreadable) {
    public DumpListing {
        dumps = List.copyOf(dumps);
        unreadable = List.copyOf(unreadable);
    }

    /** The dump with the latest scheduled instant. */
    public Optional<DumpManifest> latest() {
        return dumps.isEmpty() ? Optional.empty() : Optional.of(dumps.get(dumps.size() - 1));
    }
}
