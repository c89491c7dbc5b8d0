package io.autodump.core.error;

import java.util.List;
import java.util.stream.Collectors;

/** Input that can't be used, with all of its problems at once. Nothing was done with it. */
public final class InvalidInputException extends AutoDumpException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Gathers what is wrong with one input.
     *
     * @param code what kind of input it was
     * @param subject the secret, file or command that the input belongs to
     * @param problems at least one
     * @param hint where the accepted forms are described
     */
    public InvalidInputException(ErrorCode code, String subject, List<Problem> problems, String hint) {
        super(code, describe(code, subject, problems), hint);
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order in which it was found; at least one. */
    public List<Problem> problems() {
        return problems;
    }

    private static String describe(ErrorCode code, String subject, List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("invalid input without a problem: " + code.id());
        }
        return problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining(
                        System.lineSeparator() + "  ",
                        subject + ": " + code.summary() + "; nothing was written" + System.lineSeparator() + "  ",
                        ""));
    }
}
