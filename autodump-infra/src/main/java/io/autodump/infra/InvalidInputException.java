package io.autodump.infra;

import java.util.List;

/** Everything that is wrong with what was given, each with what was expected. */
final class InvalidInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    InvalidInputException(List<String> problems) {
        super((problems.size() == 1 ? "a problem" : problems.size() + " problems")
                + " with what AutoDump was given:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
