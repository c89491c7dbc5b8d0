package io.autodump.core.schedule;

import java.util.List;

/**
 * Thrown for a text that isn't a cron expression. Reports every problem of the text at once.
 *
 * <p>The problems quote tokens of the text, shortened and without control characters.
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
     * Returns the problems in the order of the fields. Each one names the field, the invalid token and what is allowed
     * there, such as {@code hour: "25" is not in 0-23}.
     *
     * @return at least one problem; unmodifiable
     */
    public List<String> problems() {
        return problems;
    }
}
