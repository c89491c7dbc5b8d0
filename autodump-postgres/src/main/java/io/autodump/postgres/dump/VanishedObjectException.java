package io.autodump.postgres.dump;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.regex.Pattern;

/**
 * {@code pg_dump} didn't find what it had just read of in the catalogue, and has written nothing yet. Mostly a session
 * has dropped the object in between, and the next try sees a catalogue without it.
 */
final class VanishedObjectException extends AutoDumpException {
    private static final long serialVersionUID = 1L;

    /** What the server and {@code pg_dump} say. */
    private static final Pattern SAID =
            Pattern.compile("(?:relation|schema|table|view|sequence|index|type|function|constraint|rule|trigger|policy)"
                    + " \\S.* does not exist|schema with OID \\d+ does not exist|could not open relation with OID"
                    + "|cache lookup failed for|failed sanity check|query to obtain definition of view"
                    + "|definition of view .* appears to be empty");

    VanishedObjectException(String message, String hint) {
        super(ErrorCode.DUMP_PROCESS_FAILED, message, hint);
    }

    static boolean isMeantBy(String stderr) {
        return SAID.matcher(stderr).find();
    }
}
