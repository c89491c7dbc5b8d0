package io.autodump.postgres.dump;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.regex.Pattern;

/**
 * Thrown if {@code pg_dump} didn't find an object whose name it had just read in the catalog, and has written nothing
 * yet. Usually another session dropped the object in between, and the next try reads a catalog without it.
 */
final class VanishedObjectException extends AutoDumpException {
    private static final long serialVersionUID = 1L;

    /** The messages of the server and of {@code pg_dump}. */
    private static final Pattern SAID =
            Pattern.compile("(?:relation|schema|table|view|sequence|index|type|function|constraint|rule|trigger|policy)"
                    + " \\S.* does not exist|schema with OID \\d+ does not exist|could not open relation with OID"
                    + "|cache lookup failed for|failed sanity check|query to obtain definition of view"
                    + "|definition of view .* appears to be empty|failed to get data for sequence");

    VanishedObjectException(String message, String hint) {
        super(ErrorCode.DUMP_PROCESS_FAILED, message, hint);
    }

    static boolean isMeantBy(String stderr) {
        return SAID.matcher(stderr).find();
    }
}
