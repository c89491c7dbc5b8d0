package io.autodump.core.copy;

import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpProgress;

/** Follows copies while they are made. Called by the thread that copies. */
public interface CopyListener {
    /** Follows nothing. */
    CopyListener NONE = new CopyListener() {};

    /**
     * A copy begins. Returns {@link DumpProgress#SILENT} by default.
     *
     * @param store the name of the store that it is copied to
     * @return receives the bytes that were sent, and then those that were read back
     */
    default DumpProgress begins(String store, DumpManifest dump) {
        return DumpProgress.SILENT;
    }

    /**
     * A copy was made, or failed. Does nothing by default.
     *
     * @param store the name of the store that it was to be copied to
     */
    default void ended(String store, CopyItem item) {}
}
