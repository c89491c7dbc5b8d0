package io.autodump.core.schedule;

import java.util.List;

/**
 * A text is not a cron expression. Names every problem of the text, not only the first one.
 *
 * <p>Tokens of the text are repeated in the problems, cut to a printable length and without control characters.
 */
public final class CronSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the unmodifiable lists of the JDK are serializable
    private final List<String> problems;

    CronSyntaxException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * The problems in the order of the fields, each one a sentence that names the field, the offending token and what
     * is allowed there, such as {@code hour: "25" is not in 0-23}.
     *
     * @return at least one problem; unmodifiable
     */
    public List<String> problems() {
        return problems;
    }
}
