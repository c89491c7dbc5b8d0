package io.autodump.postgres.part;

import io.autodump.postgres.connection.ServerReason;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** Thrown if the rows of a part couldn't be read. */
public final class PartFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The messages of servers before version 17, and from there on. */
    private static final Pattern WITHOUT_SNAPSHOT = Pattern.compile(
            "invalid snapshot identifier|snapshot \"[^\"]*\" does not exist|could not import the requested snapshot");

    private final boolean stalled;

    private PartFailedException(String message, boolean stalled, Throwable cause) {
        super(message, cause);
        this.stalled = stalled;
    }

    static PartFailedException refused(TablePart part, SQLException cause) {
        return new PartFailedException(
                "the rows of table " + part.displayed() + " couldn't be read: " + ServerReason.of(cause), false, cause);
    }

    static PartFailedException tooLarge(TablePart part, OutOfMemoryError cause) {
        return new PartFailedException(
                "the rows of table " + part.displayed() + " couldn't be read: out of memory in this process",
                false,
                cause);
    }

    static PartFailedException stalled(TablePart part, Exception cause) {
        return new PartFailedException("the rows of table " + part.displayed() + " stalled", true, cause);
    }

    /** Whether the session that holds the snapshot has ended, or is on another server. */
    boolean isWithoutSnapshot() {
        return WITHOUT_SNAPSHOT.matcher(String.valueOf(getMessage())).find();
    }

    /** Whether no row came for too long. */
    public boolean isStalled() {
        return stalled;
    }
}
