package io.autodump.infra.input;

import java.util.List;

/** Settings or props that can't be used. Names every problem, with the value that was expected. */
final class InvalidSettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    InvalidSettingsException(List<String> problems) {
        super((problems.size() == 1 ? "a problem" : problems.size() + " problems")
                + " with what AutoDump was given:\n  - " + String.join("\n  - ", problems));
    }
}
