package io.autodump.postgres.load;

import io.autodump.core.dump.DumpPart;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.connection.ServerReason;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * The server refused rows. A constraint, a domain, a generated column or a trigger may read another table, so they may
 * be taken when that table has its rows.
 */
public final class RefusedRowsException extends AutoDumpException {
    private static final long serialVersionUID = 1L;

    /** Connection, state of the session, resources, shutdown, the server's disk, its settings and its faults. */
    private static final Set<String> NOT_OF_ROWS = Set.of("08", "25", "28", "42", "53", "57", "58", "F0", "XX");

    /** Bytes that aren't rows of {@code COPY}, or not in the session's encoding. */
    private static final Set<String> NOT_ROWS = Set.of("22P04", "22021", "22P05");

    private static final String FOREIGN_KEY = "23503";
    private static final String HINT = "if a check constraint, a domain, a generated column or a trigger of the table"
            + " calls a function that reads another table, see that the dump holds the rows it looks for; otherwise"
            + " look at the target server's log, then restore again";

    private final String table;
    private final boolean byForeignKey;
    private final boolean someLoaded;

    private RefusedRowsException(AutoDumpException failed, String table, boolean byForeignKey, boolean someLoaded) {
        super(failed.code(), failed.description(), failed.hint().orElse(HINT), failed.getCause());
        this.table = table;
        this.byForeignKey = byForeignKey;
        this.someLoaded = someLoaded;
    }

    /**
     * Rows that no part holds were refused.
     *
     * @param failed says so
     * @param table the table of these rows, quoted as SQL needs it
     * @param someLoaded whether others were loaded before
     */
    public static RefusedRowsException ofRest(AutoDumpException failed, String table, boolean someLoaded) {
        return new RefusedRowsException(failed, table, false, someLoaded);
    }

    /** The server took another number of rows, which a trigger may have left out. */
    static RefusedRowsException ofNumber(DumpPart part, AutoDumpException failed) {
        return new RefusedRowsException(failed, part.table().orElseThrow(), false, false);
    }

    /** The server refused rows of a part, see {@link #isOfRows}. */
    static RefusedRowsException of(DumpPart part, SQLException cause) {
        String reason = ServerReason.of(cause);
        AutoDumpException failed = new AutoDumpException(
                ErrorCode.RESTORE_FAILED,
                PartLoading.notRestored(part, reason),
                SourceFault.hint(reason).orElse(HINT),
                cause);
        return new RefusedRowsException(
                failed, part.table().orElseThrow(), FOREIGN_KEY.equals(cause.getSQLState()), false);
    }

    /** Whether the server itself says that it can't take the rows, and other rows may change that. */
    static boolean isOfRows(Exception cause) {
        if (!(cause instanceof PSQLException refused) || refused.getServerErrorMessage() == null) {
            return false;
        }
        String state = String.valueOf(refused.getSQLState());
        return state.length() == 5 && !NOT_OF_ROWS.contains(state.substring(0, 2)) && !NOT_ROWS.contains(state);
    }

    /** The table of the refused rows, quoted as SQL needs it. */
    String table() {
        return table;
    }

    /** Whether other rows of the same table may have to come first. */
    boolean isByForeignKey() {
        return byForeignKey;
    }

    /** Whether others were loaded before. */
    boolean isAfterSome() {
        return someLoaded;
    }
}
