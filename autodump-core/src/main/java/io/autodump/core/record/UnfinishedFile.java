package io.autodump.core.record;

import io.autodump.core.dump.DumpKey;
import java.time.Instant;

/**
 * A file that has no manifest and isn't a dump. A dump looks like this too while it is being checked. Immutable.
 *
 * @param key the key under which the file was committed
 * @param writtenAt when the file was written, by the store's clock
 */
public record UnfinishedFile(DumpKey key, Instant writtenAt) {}
