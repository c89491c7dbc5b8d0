package io.autodump.core.drill;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import java.io.InputStream;
import java.util.Optional;

/**
 * A place for one restore drill: the name of a database that doesn't exist yet, on a server that can take the dump. The
 * drill restores the dump into it, compares, and closes it. Not thread-safe.
 */
public interface DrillDatabase extends AutoCloseable {
    /** Returns the server in words, without its host: {@code a scratch server}. */
    String server();

    /** Returns the connection to the database, which the restore creates. */
    DatabaseSecret target();

    /** Returns how the dump is restored. */
    RestoreOptions options();

    /**
     * Compares the objects of the dump with those of the restored database, not their rows. Doesn't close the stream.
     *
     * @param stored the stored bytes from the beginning; as much of them is read as the list of contents needs
     * @return how many objects were found; empty if the dump has no list of contents
     * @throws io.autodump.core.error.AutoDumpException {@code RESTORE_DIFFERS} with what is missing
     */
    Optional<Integer> compareObjects(DumpManifest manifest, InputStream stored);

    /**
     * Checks assertions about the restored database.
     *
     * @return how many there are, at least one; all of them are true
     * @throws io.autodump.core.error.AutoDumpException {@code ASSERTION_FAILED} with those that aren't true, or {@code
     *     INVALID_ARGUMENT} if there is none
     */
    int check(DrillAssertions assertions);

    /** Removes the database, and whatever else was made for the drill. Never throws. */
    @Override
    void close();
}
