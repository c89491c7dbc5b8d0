package io.autodump.postgres.archive;

import java.util.Optional;

/** Checks the output of {@code pg_dump} while it streams, and decides at the end whether it can be a complete dump. */
public interface OutputCheck extends AutoCloseable {
    /** Takes the next bytes; every byte, in order. Never throws: {@link #finish()} reports the problem. */
    void accept(byte[] bytes, int offset, int length);

    /**
     * Ends the check after the last byte.
     *
     * @return the number of entries in an archive's contents list; empty for a script
     * @throws io.autodump.core.error.AutoDumpException {@code DUMP_INCOMPLETE}
     */
    Optional<Integer> finish();

    /** Stops what still runs. Any thread may call it, and more than once. */
    @Override
    void close();
}
