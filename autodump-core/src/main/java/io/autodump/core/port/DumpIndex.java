package io.autodump.core.port;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists finished dumps and their manifests, for programs that must not read the dumps themselves. A file without a
 * manifest isn't listed. Thread-safe.
 */
public interface DumpIndex {
    /**
     * Returns the manifest of a finished dump; empty if there is none.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code INVALID_DOCUMENT} if the manifest can't be read, {@code
     *     DUMP_CORRUPT} if its file is known to be missing, {@code STORE_FAILED}
     */
    Optional<DumpManifest> find(DumpKey key);

    /**
     * Returns the keys of all finished dumps, in no particular order. The stream may fetch while it is read; close it
     * after use. Objects that aren't AutoDump's are skipped.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}, also while the stream is read
     */
    Stream<DumpKey> list();

    /**
     * As {@link #list()}, but may leave out old dumps of a database that has many. So a check that is repeated often
     * doesn't list everything that was ever stored. By default it lists everything.
     *
     * @param perDatabase how many of the newest dumps of each {@link DumpKey#databaseFolder()} are returned at least
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}, also while the stream is read
     */
    default Stream<DumpKey> newestDumps(int perDatabase) {
        return list();
    }

    /**
     * As {@link #list()}, for the dumps in a folder and its subfolders. By default it lists everything and picks.
     *
     * @param folder a folder of the store, as {@link DumpKey#secretFolder()} or {@link DumpKey#databaseFolder()}
     *     returns it, without a slash at its end
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED}, also while the stream is read
     */
    default Stream<DumpKey> list(String folder) {
        return list().filter(key -> key.value().startsWith(folder + "/"));
    }
}
