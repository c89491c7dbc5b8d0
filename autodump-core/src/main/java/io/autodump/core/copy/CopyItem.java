package io.autodump.core.copy;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import java.util.Optional;

/**
 * One dump that lacked its copy. Immutable.
 *
 * @param key the dump
 * @param storedBytes its size in bytes; 0 if its manifest couldn't be read
 * @param failure why there is no copy; empty if it was copied, or would be
 */
public record CopyItem(DumpKey key, long storedBytes, Optional<AutoDumpException> failure) {
    /** Checks nothing. */
    public CopyItem {}
}
