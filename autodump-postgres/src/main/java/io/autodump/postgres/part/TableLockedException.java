package io.autodump.postgres.part;

import io.autodump.postgres.connection.ServerReason;

/** Thrown if a session of a parallel dump couldn't lock a table and mustn't wait for it: the dump holds other locks. */
public final class TableLockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TableLockedException(Exception cause) {
        super(ServerReason.of(cause), cause);
    }
}
