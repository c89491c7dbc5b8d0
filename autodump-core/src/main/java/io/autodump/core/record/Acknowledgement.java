package io.autodump.core.record;

import io.autodump.core.dump.DumpKey;
import java.time.Instant;

/**
 * A person has looked at a suspicious dump and accepts it. The dumps after it are compared with it and not with those
 * before it. Immutable.
 *
 * @param dump the dump
 * @param at when it was acknowledged
 * @param note what the person says about it; may be empty
 */
public record Acknowledgement(DumpKey dump, Instant at, String note) implements DumpRecord {
    @Override
    public RecordKey key() {
        return RecordKey.ofDump(dump, RecordKey.Kind.ACCEPTED);
    }
}
