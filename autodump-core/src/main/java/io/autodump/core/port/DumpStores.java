package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;
import java.util.Optional;

/**
 * Chooses the store for a database's dumps. A team with one store uses {@link #always}. A deployment whose secrets
 * name buckets returns the store of that bucket. Thread-safe.
 */
@FunctionalInterface
public interface DumpStores {
    /**
     * Returns the store for the dumps of a database. Called once for each dump, after the secret is read and before
     * the server is connected to. Equal databases get stores with the same contents.
     *
     * @param database the connection; {@link DatabaseSecret#bucket()} is the bucket that its owner asks for
     * @throws io.autodump.core.error.AutoDumpException {@code INVALID_SECRET_VALUE} if the owner asks for a store that
     *     isn't allowed; nothing is dumped then
     */
    DumpStore of(DatabaseSecret database);

    /**
     * Returns the store for the records of runs whose database isn't known, because the secret couldn't be read. Empty
     * by default: such runs leave no record.
     */
    default Optional<DumpStore> ofUnknown() {
        return Optional.empty();
    }

    /** Returns the same store for every database. */
    static DumpStores always(DumpStore store) {
        return new DumpStores() {
            @Override
            public DumpStore of(DatabaseSecret database) {
                return store;
            }

            @Override
            public Optional<DumpStore> ofUnknown() {
                return Optional.of(store);
            }
        };
    }
}
