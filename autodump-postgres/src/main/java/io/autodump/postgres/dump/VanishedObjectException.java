package io.autodump.postgres.dump;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
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

    private static final String NOTHING_PUBLISHED = "; nothing was published: ";

    VanishedObjectException(String message, String hint) {
        super(ErrorCode.DUMP_PROCESS_FAILED, message, hint);
    }

    /** The part of the message that names the object: what the server or {@code pg_dump} said. */
    String object() {
        String said = description();
        int at = said.indexOf(NOTHING_PUBLISHED);
        return at < 0 ? said : said.substring(at + NOTHING_PUBLISHED.length());
    }

    /** The number of the object, if the message tells it instead of a name. */
    Optional<String> number() {
        return OrphanedRows.number(description());
    }

    /**
     * Returns whether the object was missing before too. The server doesn't give a number twice, so the catalog has a
     * row without its object, and waiting doesn't help. A name may be that of another object by now.
     */
    boolean isOrphaned(Optional<String> before) {
        return number().isPresent() && number().equals(before);
    }

    /** The same failure, once no further try is made. */
    VanishedObjectException after(int tries, Duration tried) {
        return new VanishedObjectException(
                description() + " (" + tries + " tries in " + tried.toSeconds() + " seconds)", hint().orElse(""));
    }

    static boolean isMeantBy(String stderr) {
        return SAID.matcher(stderr).find();
    }
}
