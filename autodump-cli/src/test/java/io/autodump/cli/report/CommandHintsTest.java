package io.autodump.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import org.junit.jupiter.api.Test;

class CommandHintsTest {
    @Test
    void namesTheCommandThatDoesWhatTheLibrarySays() {
        AutoDumpException failure =
                new AutoDumpException(ErrorCode.DUMP_NOT_FOUND, "there is no finished dump", Hints.LIST_DUMPS);

        assertThat(CommandHints.in(failure).report())
                .isEqualToNormalizingNewlines(
                        "AD-1006 there is no finished dump\nHINT: list the finished dumps with: autodump list");
        assertThat(CommandHints.in(failure)).hasCause(failure);
    }

    @Test
    void leavesAnyOtherHintAsItIs() {
        AutoDumpException failure =
                new AutoDumpException(ErrorCode.STORE_FAILED, "the store failed", "check the network");

        assertThat(CommandHints.in(failure)).isSameAs(failure);
    }
}
