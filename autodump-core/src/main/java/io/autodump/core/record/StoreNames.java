package io.autodump.core.record;

import io.autodump.core.dump.DumpKey;
import java.util.List;

/**
 * The names of dumps and records in a store. The files themselves weren't read. Immutable.
 *
 * @param dumps the keys of finished dumps, in no particular order
 * @param records the keys of records, in no particular order
 */
public record StoreNames(List<DumpKey> dumps, List<RecordKey> records) {
    public StoreNames {
        dumps = List.copyOf(dumps);
        records = List.copyOf(records);
    }
}
