package io.autodump.postgres.load;

import io.autodump.core.port.DumpProgress;

/**
 * Learns from a restore which rows are coming and which are there. Names are {@code schema.table}, as {@code
 * pg_restore} prints them or quoted for SQL. Must be thread-safe and quick, and must not throw.
 */
public interface LoadListener {
    /** The rows of a table, or of a part of it, are being restored now. */
    void begins(String table);

    /** All rows of a table are in the database. Isn't told of every table. */
    void loaded(String table);

    /** Passes on which table's rows are being restored. */
    static LoadListener of(DumpProgress progress) {
        return new LoadListener() {
            @Override
            public void begins(String table) {
                progress.table(table);
            }

            @Override
            public void loaded(String table) {}
        };
    }
}
