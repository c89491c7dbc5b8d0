package io.autodump.dumper;

import io.autodump.core.contract.DumperNames;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpStores;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses the bucket that a secret names, if the deployment allows it. Opens no bucket before a dump needs it.
 * Thread-safe.
 */
final class AllowedBuckets implements DumpStores {
    private final List<String> allowed;
    private final Function<String, DumpStore> stores;

    /**
     * Creates the choice. Makes no call yet.
     *
     * @param allowed the allowed buckets; the first is for secrets that name none
     * @param stores opens the store in a bucket
     */
    AllowedBuckets(List<String> allowed, Function<String, DumpStore> stores) {
        this.allowed = allowed;
        this.stores = stores;
    }

    @Override
    public DumpStore of(DatabaseSecret database) {
        return stores.apply(bucketOf(database));
    }

    @Override
    public Optional<DumpStore> ofUnknown() {
        return Optional.of(stores.apply(allowed.get(0)));
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
}
