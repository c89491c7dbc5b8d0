package io.autodump.core.copy;

import io.autodump.core.port.DumpStore;
import io.autodump.core.retention.RetentionPolicy;
import java.util.Optional;

/**
 * A second store, to which finished dumps are copied. Immutable.
 *
 * @param name names it in messages; not blank
 * @param store holds the copies
 * @param retention which copies it keeps, whatever the tags of a secret say; empty for {@code autodump:retention}
 */
public record CopyTarget(String name, DumpStore store, Optional<RetentionPolicy> retention) {
    public CopyTarget {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a store for copies needs a name that isn't blank");
        }
    }
}
