package io.autodump.core.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every failure that AutoDump reports. {@link #getMessage()} says what happened and what was published, without the
 * code and the hint; {@link #report()} is the whole text for a person. No message ever holds a password.
 */
public class AutoDumpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String hint;

    public AutoDumpException(ErrorCode code, String message, String hint) {
        this(code, message, hint, null);
    }

    /**
     * A failure with all that is known of it.
     *
     * @param message what happened and what was published
     * @param hint the setting, grant or command that fixes it
     * @param cause the failure underneath, or null
     */
    public AutoDumpException(ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    /** What happened and what was published; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public ErrorCode code() {
        return code;
    }

    /** What fixes it; empty when nothing more can be said than the message does. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    /** The whole text for a person: the code, the message and, on a line of its own, the hint. */
    public String report() {
        return code.id() + " " + getMessage()
                + hint().map(text -> System.lineSeparator() + "HINT: " + text).orElse("");
    }
}
