package io.autodump.core.testing;

import io.autodump.core.port.DumpRecords;
import io.autodump.core.record.DumpRecord;
import io.autodump.core.record.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Records in memory. Thread-safe. */
public final class InMemoryDumpRecords implements DumpRecords {
    private final Map<RecordKey, Optional<DumpRecord>> records = new ConcurrentSkipListMap<>();

    /** Creates a place without records. */
    public InMemoryDumpRecords() {}

    /** Adds a record without a content, as a person who creates an empty file does. */
    public void touch(RecordKey key) {
        records.put(key, Optional.empty());
    }

    @Override
    public void write(DumpRecord record) {
        records.put(record.key(), Optional.of(record));
    }

    @Override
    public Optional<DumpRecord> find(RecordKey key) {
        return records.getOrDefault(key, Optional.empty());
    }

    @Override
    public Stream<RecordKey> list(String folder) {
        return List.copyOf(records.keySet()).stream()
                .filter(key -> folder.isEmpty() || key.value().startsWith(folder + "/"));
    }

    @Override
    public void delete(RecordKey key) {
        records.remove(key);
    }
}
