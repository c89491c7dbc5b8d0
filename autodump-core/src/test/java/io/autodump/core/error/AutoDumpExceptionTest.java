package io.autodump.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AutoDumpExceptionTest {
    private final AutoDumpException failure = new AutoDumpException(
            ErrorCode.PRIVILEGES_MISSING, "can't read table payroll; nothing was dumped", "grant SELECT");

    @Test
    void hasItsCodeInEveryLogLine() {
        assertThat(failure).hasMessage("AD-3010: can't read table payroll; nothing was dumped");
        assertThat(failure).hasToString(AutoDumpException.class.getName() + ": " + failure.getMessage());
    }

    @Test
    void hasADescriptionWithoutTheCodeForDocumentsThatHaveAFieldForIt() {
        assertThat(failure.description()).isEqualTo("can't read table payroll; nothing was dumped");
    }

    @Test
    void reportsTheCodeOnceAndTheHint() {
        assertThat(failure.report())
                .isEqualToNormalizingNewlines(
                        "AD-3010 can't read table payroll; nothing was dumped\nHINT: grant SELECT");
    }

    @Test
    void listsEveryProblemOfInvalidInputAfterTheCode() {
        AutoDumpException invalid = new InvalidInputException(
                ErrorCode.INVALID_TAGS, "secret orders", List.of(new Problem("autodump:jobs", "is too large")), "h");

        assertThat(invalid.getMessage()).startsWith("AD-1001: secret orders: ").endsWith("autodump:jobs: is too large");
    }
}
