package io.autodump.lambda.store;

import io.autodump.aws.s3.S3Manifests;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpRecords;
import io.autodump.core.port.DumpStore;
import io.autodump.core.record.DumpRecord;
import io.autodump.core.record.RecordKey;
import io.autodump.core.record.StoreNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Several buckets as one store that is listed once, and then asked for some of the manifests and records that were
 * listed. Reads no dump and changes nothing. Thread-safe.
 */
public final class ListedStore extends StoreWithoutDumps {
    private final List<Bucket> buckets;
    private final Map<DumpKey, Bucket> dumps = new ConcurrentHashMap<>();
    private final Map<RecordKey, Bucket> records = new ConcurrentHashMap<>();

    /** Lists nothing yet. */
    public ListedStore(List<Bucket> buckets) {
        this.buckets = List.copyOf(buckets);
    }

    /**
     * One bucket.
     *
     * @param manifests reads manifests
     * @param store lists, and reads records
     */
    public record Bucket(S3Manifests manifests, DumpStore store) {}

    @Override
    public StoreNames newest(int perDatabase) {
        for (Bucket bucket : buckets) {
            StoreNames found = bucket.store().newest(perDatabase);
            found.dumps().forEach(key -> dumps.putIfAbsent(key, bucket));
            found.records().forEach(key -> records.putIfAbsent(key, bucket));
        }
        return new StoreNames(new ArrayList<>(dumps.keySet()), new ArrayList<>(records.keySet()));
    }

    /** Empty for a dump that wasn't listed. */
    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        return Optional.ofNullable(dumps.get(key))
                .flatMap(bucket -> bucket.manifests().read(key));
    }

    @Override
    public Stream<DumpKey> list() {
        return newest(Integer.MAX_VALUE).dumps().stream();
    }

    @Override
    public DumpRecords records() {
        return new DumpRecords() {
            @Override
            public Optional<DumpRecord> find(RecordKey key) {
                return Optional.ofNullable(records.get(key))
                        .flatMap(bucket -> bucket.store().records().find(key));
            }

            @Override
            public Stream<RecordKey> list(String folder) {
                return records.keySet().stream()
                        .filter(key -> folder.isEmpty() || key.value().startsWith(folder + "/"));
            }

            @Override
            public void write(DumpRecord record) {
                throw notAllowed();
            }

            @Override
            public void delete(RecordKey key) {
                throw notAllowed();
            }
        };
    }

    @Override
    public void delete(DumpKey key) {
        throw notAllowed();
    }

    @Override
    UnsupportedOperationException notAllowed() {
        return new UnsupportedOperationException("this function reads manifests and records alone");
    }
}
