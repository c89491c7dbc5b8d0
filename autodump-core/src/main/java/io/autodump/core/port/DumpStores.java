package io.autodump.core.port;

import io.autodump.core.database.DatabaseSecret;

/**
 * Chooses the store that a database's dumps go into. A team with one store uses {@link #always}; a deployment whose
 * secrets name buckets returns the store of that bucket. Thread-safe.
 */
@FunctionalInterface
public interface DumpStores {
    /**
     * The store for the dumps of a database. Called once for each dump, after the secret was read and before the server
     * is connected to. Equal databases get stores with the same contents.
     *
     * @param database as its secret describes it; {@link DatabaseSecret#bucket()} is what the owner asks for
     * @throws io.autodump.core.error.AutoDumpException {@code INVALID_SECRET_VALUE} if the owner asks for a store that
     *     isn't allowed; nothing is dumped then
     */
    DumpStore of(DatabaseSecret database);

    /** The same store for every database. */
    static DumpStores always(DumpStore store) {
        return database -> store;
    }
}
