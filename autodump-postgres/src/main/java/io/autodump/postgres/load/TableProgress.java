package io.autodump.postgres.load;

import io.autodump.core.port.DumpProgress;

/** Passes on the names of tables, where others report the bytes. */
public final class TableProgress implements DumpProgress {
    private final DumpProgress listener;

    public TableProgress(DumpProgress listener) {
        this.listener = listener;
    }

    @Override
    public void bytes(long total) {}

    @Override
    public void table(String name) {
        listener.table(name);
    }
}
