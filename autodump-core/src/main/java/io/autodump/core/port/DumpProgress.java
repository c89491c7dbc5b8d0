package io.autodump.core.port;

/**
 * Is told how a dump or a restore gets on. Called often and from the thread that copies, so it must be quick, and must
 * not throw. Either method may be called from another thread than the other.
 */
public interface DumpProgress {
    /** Tells nobody. */
    DumpProgress SILENT = new DumpProgress() {
        @Override
        public void bytes(long total) {}

        @Override
        public void table(String name) {}
    };

    /** One reading of a stored file from its beginning to its end. */
    enum Pass {
        /** Compares the file with its manifest. */
        VERIFICATION,
        /** Restores the file, which was verified in the pass before. */
        RESTORE
    }

    /**
     * A pass begins, and {@link #bytes} counts from 0 again. Called once by a verification, twice by a restore, and not
     * by a dump. Does nothing by default.
     */
    default void begin(Pass pass) {}

    /**
     * How many bytes have passed so far. For a dump: what the source has written, before an outer compression. For a
     * verification or a restore: what this pass has read of the stored file, so that its size is 100 %.
     */
    void bytes(long total);

    /** The rows of this table ({@code schema.table}) are on their way now. */
    void table(String name);
}
