package io.autodump.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandHintsTest {
    @Test
    void namesTheCommandThatDoesWhatTheLibrarySays() {
        AutoDumpException failure =
                new AutoDumpException(ErrorCode.DUMP_NOT_FOUND, "there is no finished dump", Hints.LIST_DUMPS);

        assertThat(CommandHints.WORDS.in(failure).report())
                .isEqualToNormalizingNewlines(
                        "AD-1006 there is no finished dump\nHINT: list the finished dumps with: autodump list");
        assertThat(CommandHints.WORDS.in(failure)).hasCause(failure);
    }

    @Test
    void leavesAnyOtherHintAsItIs() {
        AutoDumpException failure =
                new AutoDumpException(ErrorCode.STORE_FAILED, "the store failed", "check the network");

        assertThat(CommandHints.WORDS.in(failure)).isSameAs(failure);
    }

    @Test
    void hasWordsForEveryRemedyAndUsesThemOnce() {
        assertThat(remedies()).isNotEmpty().allSatisfy(remedy -> {
            String worded = CommandHints.WORDS.in("do this, or " + remedy + "; then that");
            assertThat(worded).isNotEqualTo("do this, or " + remedy + "; then that");
            assertThat(CommandHints.WORDS.in(worded)).isEqualTo(worded);
        });
    }

    private static Stream<String> remedies() {
        return Stream.of(Hints.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(CommandHintsTest::value);
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
