package io.autodump.core.error;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for invalid input, with all of its problems. Nothing was done with the input. */
public final class InvalidInputException extends AutoDumpException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Collects the problems of one input.
     *
     * @param code what kind of input it is
     * @param subject the secret, file or command that contains the input
     * @param problems at least one
     * @param hint where the valid forms are described
     */
    public InvalidInputException(ErrorCode code, String subject, List<Problem> problems, String hint) {
        super(code, describe(code, subject, problems), hint);
        this.problems = List.copyOf(problems);
    }

    private InvalidInputException(InvalidInputException failure, String hint) {
        super(failure.code(), failure.description(), hint, failure);
        this.problems = failure.problems;
    }

    @Override
    public InvalidInputException withHint(String other) {
        return new InvalidInputException(this, other);
    }

    /** Returns the problems in the order in which they were found; at least one. Unmodifiable. */
    public List<Problem> problems() {
        return problems;
    }

    private static String describe(ErrorCode code, String subject, List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("invalid input without a problem: " + code.id());
        }
        return problems.stream()
                .map(problem -> problem.toString().replaceAll("\\R", System.lineSeparator() + "    "))
                .collect(Collectors.joining(
                        System.lineSeparator() + "  ",
                        subject + ": " + code.summary() + "; nothing was written" + System.lineSeparator() + "  ",
                        ""));
    }
}
