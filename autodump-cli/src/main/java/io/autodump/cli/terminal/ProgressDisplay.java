package io.autodump.cli.terminal;

import io.autodump.core.port.DumpProgress;

/** Shows progress until it is closed. Thread-safe. Starts no thread. */
public interface ProgressDisplay extends DumpProgress, AutoCloseable {
    /**
     * Sets the size of the transfer.
     *
     * @param bytes the size
     * @param exact whether the size is known; false if it is a guess
     */
    void expect(long bytes, boolean exact);

    /** The name of a pass: the name of the command that makes it. */
    static String label(Pass pass) {
        return switch (pass) {
            case VERIFICATION -> "verify";
            case RESTORE -> "restore";
        };
    }

    /** Restores the terminal. May be called more than once. */
    @Override
    void close();
}
