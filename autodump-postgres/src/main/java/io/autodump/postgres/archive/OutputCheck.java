package io.autodump.postgres.archive;

import java.util.Optional;

/** Looks at what {@code pg_dump} writes, on its way, and says at the end whether it can be a whole dump. */
public interface OutputCheck extends AutoCloseable {
    /** Is given every byte, in order. Never throws: what is wrong is said at the end. */
    void accept(byte[] bytes, int offset, int length);

    /**
     * Called after the last byte.
     *
     * @return the number of entries in an archive's contents list; empty for a script
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_INCOMPLETE}
     */
    Optional<Integer> finish();

    /** Ends what still runs. May be called by any thread, and more than once. */
    @Override
    void close();
}
