package io.autodump.dumper;

import io.autodump.core.contract.DumperNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpSource;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The store of one run, whose bucket is known only when the secret has been read. Every run looks at its source before
 * it looks at its store, and the source is given what the secret holds: so that is where the bucket is chosen, without a
 * second reading, before anything is connected to. Thread-safe.
 */
final class AllowedBuckets implements DumpStore {
    private final List<String> allowed;
    private final Function<String, DumpStore> stores;
    private volatile Optional<DumpStore> chosen = Optional.empty();

    /**
     * Nothing is called yet.
     *
     * @param allowed the first is that of secrets which name none
     * @param stores makes the store of a bucket
     */
    AllowedBuckets(List<String> allowed, Function<String, DumpStore> stores) {
        this.allowed = allowed;
        this.stores = stores;
    }

    /** The same source, which also chooses the bucket. */
    DumpSource choosing(DumpSource source) {
        return (database, settings) -> {
            chosen = Optional.of(stores.apply(bucketOf(database)));
            return source.prepare(database, settings);
        };
    }

    @Override
    public DumpUpload begin(DumpKey key) {
        return store().begin(key);
    }

    @Override
    public void publish(DumpManifest manifest) {
        store().publish(manifest);
    }

    @Override
    public Optional<DumpManifest> find(DumpKey key) {
        return store().find(key);
    }

    @Override
    public Stream<DumpKey> list() {
        return store().list();
    }

    @Override
    public InputStream open(DumpKey key) {
        return store().open(key);
    }

    @Override
    public void discard(DumpManifest manifest) {
        store().discard(manifest);
    }

    @Override
    public void delete(DumpKey key) {
        store().delete(key);
    }

    private String bucketOf(DatabaseSecret database) {
        String bucket = database.bucket().orElse(allowed.get(0));
        if (!allowed.contains(bucket)) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_SECRET_VALUE,
                    "the secret's bucketname isn't a bucket that this deployment puts dumps into ("
                            + String.join(", ", allowed) + "); nothing was dumped",
                    "correct bucketname in the secret, remove it for " + allowed.get(0)
                            + ", or add the bucket to the deployment (" + DumperNames.BUCKETS + ")");
        }
        return bucket;
    }

    private DumpStore store() {
        return chosen.orElseThrow(() -> new IllegalStateException("no secret has been read yet"));
    }
}
