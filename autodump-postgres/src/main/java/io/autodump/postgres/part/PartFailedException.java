package io.autodump.postgres.part;

import io.autodump.postgres.connection.LostSession;
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
    private final boolean lost;

    private PartFailedException(String message, boolean stalled, boolean lost, Throwable cause) {
        super(message, cause);
        this.stalled = stalled;
        this.lost = lost;
    }

    static PartFailedException refused(TablePart part, SQLException cause) {
        return new PartFailedException(
                "the rows of table " + part.displayed() + " couldn't be read: " + ServerReason.of(cause),
                false,
                LostSession.isMeantBy(cause),
                cause);
    }

    static PartFailedException tooLarge(TablePart part, OutOfMemoryError cause) {
        return new PartFailedException(
                "the rows of table " + part.displayed() + " couldn't be read: out of memory in this process",
                false,
                false,
                cause);
    }

    static PartFailedException stalled(TablePart part, Exception cause) {
        return new PartFailedException("the rows of table " + part.displayed() + " stalled", true, false, cause);
    }

    /** Returns the same failure with what the server said to another session that it ended. */
    PartFailedException with(String lastWords) {
        String message = String.valueOf(getMessage());
        return message.contains(lastWords)
                ? this
                : new PartFailedException(message + " (" + lastWords + ")", stalled, lost, this);
    }

    /** Whether the session that holds the snapshot has ended, or is on another server. */
    boolean isWithoutSnapshot() {
        return WITHOUT_SNAPSHOT.matcher(String.valueOf(getMessage())).find();
    }

    /** Whether the session was lost. */
    public boolean isLost() {
        return lost;
    }

    /** Whether no row came for too long. */
    public boolean isStalled() {
        return stalled;
    }
}
