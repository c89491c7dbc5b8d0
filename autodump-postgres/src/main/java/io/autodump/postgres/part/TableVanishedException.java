package io.autodump.postgres.part;

import io.autodump.postgres.connection.ServerReason;

/** Thrown if a table that was to be dumped in parts was dropped or renamed before it was locked. */
public final class TableVanishedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TableVanishedException(String table) {
        super("table " + table + " does not exist any more");
    }

    TableVanishedException(Exception cause) {
        super(ServerReason.of(cause), cause);
    }
}
