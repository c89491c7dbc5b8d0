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

    /**
     * How many bytes have passed so far. For a dump: what the source has written, before an outer compression. For a
     * verification or a restore: what was read of the stored file, so that its size is 100 %.
     */
    void bytes(long total);

    /** The rows of this table ({@code schema.table}) are on their way now. */
    void table(String name);
}
