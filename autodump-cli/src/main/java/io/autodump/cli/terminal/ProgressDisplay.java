package io.autodump.cli.terminal;

import io.autodump.core.port.DumpProgress;

/** Shows progress until it is closed. Thread-safe; it starts no thread of its own. */
public interface ProgressDisplay extends DumpProgress, AutoCloseable {
    /**
     * How many bytes there will be.
     *
     * @param exact whether that is known or only a guess
     */
    void expect(long bytes, boolean exact);

    /** The name of a pass, as the command that makes it is called. */
    static String label(Pass pass) {
        return switch (pass) {
            case VERIFICATION -> "verify";
            case RESTORE -> "restore";
        };
    }

    /** Leaves the terminal as it was. May be called more than once. */
    @Override
    void close();
}
