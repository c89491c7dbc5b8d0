package io.autodump.postgres.dump;

import io.autodump.core.port.DumpProgress;

/** Adds up the bytes of all sessions of a dump. Thread-safe. */
final class DumpedBytes {
    private final DumpProgress progress;
    private long total;

    DumpedBytes(DumpProgress progress) {
        this.progress = progress;
    }

    /** Reports the new sum, which so never decreases. */
    synchronized void add(long bytes) {
        total += bytes;
        progress.bytes(total);
    }

    synchronized long total() {
        return total;
    }
}
