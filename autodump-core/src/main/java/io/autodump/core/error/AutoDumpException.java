package io.autodump.core.error;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure that AutoDump reports. {@link #getMessage()} is a log line's worth: the code, what happened and what was
 * published. {@link #report()} adds the hint, for a person. {@link #description()} leaves out both, for a document that
 * has a field for each. None of these texts ever holds a password.
 */
public class AutoDumpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A line break within a name, for example of a table, before what would look like a hint. */
    private static final Pattern FORGED_HINT = Pattern.compile("\\R(?=HINT:)");

    private final ErrorCode code;
    private final @Nullable String hint;

    /**
     * A failure without an underlying one.
     *
     * @param description what happened and what was published; doesn't repeat the code
     * @param hint the setting, the grant or the thing that fixes it
     */
    public AutoDumpException(ErrorCode code, String description, String hint) {
        this(code, description, hint, null);
    }

    /**
     * A failure with everything that is known about it.
     *
     * @param description what happened and what was published; doesn't repeat the code
     * @param hint the setting, the grant or the thing that fixes it; null if the description says it all
     * @param cause the underlying failure, or null
     */
    public AutoDumpException(ErrorCode code, String description, @Nullable String hint, @Nullable Throwable cause) {
        super(description, cause);
        this.code = code;
        this.hint = hint;
    }

    /** Returns the code and the description: {@code AD-3021: pg_dump exited with status 1 …}. Never null. */
    @Override
    public String getMessage() {
        return code.id() + ": " + description();
    }

    /** Returns what happened and what was published, without the code. Never null. */
    public String description() {
        return String.valueOf(super.getMessage());
    }

    /** Returns the stable code, whose category says who must act. */
    public ErrorCode code() {
        return code;
    }

    /** Returns what fixes the problem. Empty if the description says it all. */
    public Optional<String> hint() {
        return Optional.ofNullable(hint);
    }

    /** Returns the same failure with another hint. This failure is its cause. */
    public AutoDumpException withHint(String other) {
        return new AutoDumpException(code, description(), other, this);
    }

    /**
     * Returns the whole text for a person: the code, the description and, on its own line, the hint. A name in the
     * description can't make another hint.
     */
    public String report() {
        return code.id() + " " + FORGED_HINT.matcher(description()).replaceAll("$0    ")
                + hint().map(text -> System.lineSeparator() + "HINT: " + text).orElse("");
    }
}
