package io.autodump.core.copy;

import io.autodump.core.dump.DumpManifest;
import java.util.List;

/**
 * Which of a database's newest dumps lack their copy in one store. Immutable.
 *
 * @param store the name of the store
 * @param missing those that should have their copy by now, newest first
 * @param late those that were made so recently that their copy may still be on its way, newest first
 */
public record CopyStatus(String store, List<DumpManifest> missing, List<DumpManifest> late) {
    public CopyStatus {
        missing = List.copyOf(missing);
        late = List.copyOf(late);
    }

    /** Returns whether each of these dumps has its copy. */
    public boolean isComplete() {
        return missing.isEmpty() && late.isEmpty();
    }
}
