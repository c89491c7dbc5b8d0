package io.autodump.core.port;

/**
 * Receives the progress of a dump, a verification or a restore. The copying thread calls it often, so it must be
 * quick, and must not throw. Its methods may be called from different threads.
 */
public interface DumpProgress {
    /** Ignores all progress. */
    DumpProgress SILENT = new DumpProgress() {
        @Override
        public void bytes(long total) {}

        @Override
        public void table(String name) {}
    };

    /** One reading of a stored file, from its beginning to its end. */
    enum Pass {
        /** Compares the file with its manifest. */
        VERIFICATION,
        /** Restores the file, which was verified in the pass before. */
        RESTORE
    }

    /**
     * A pass begins, and {@link #bytes} counts from 0 again. Called once by a verification, twice by a restore, and not
     * by a dump. A copy calls it when it reads back what it has sent. Does nothing by default.
     *
     * @param pass what the file is read for
     */
    default void begin(Pass pass) {}

    /**
     * Reports the bytes so far. For a dump: what the source has written, before an outer compression. For a
     * verification or a restore: what this pass has read of the stored file, so that the file's size is 100 %. For a
     * copy: what was sent of the stored files.
     *
     * @param total bytes since the beginning; never decreases within a pass
     */
    void bytes(long total);

    /**
     * Reports that the rows of a table are being copied now.
     *
     * @param name {@code schema.table}
     */
    void table(String name);
}
