package io.autodump.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HintWordsTest {
    private static final HintWords WORDS = HintWords.of(Map.of(Hints.LIST_SECRETS, "list them with: autodump plan"));

    @Test
    void replacesARemedyByTheProgramsWords() {
        AutoDumpException failure =
                new AutoDumpException(ErrorCode.SECRET_NOT_FOUND, "there is no secret", Hints.LIST_SECRETS);

        assertThat(WORDS.in(failure).hint()).contains("list them with: autodump plan");
        assertThat(WORDS.in(failure).code()).isEqualTo(ErrorCode.SECRET_NOT_FOUND);
    }

    @Test
    void leavesOtherHintsAlone() {
        AutoDumpException other = new AutoDumpException(ErrorCode.SECRET_NOT_FOUND, "there is none", "make one");

        assertThat(WORDS.in(other)).isSameAs(other);
        assertThat(WORDS.in("list them with: autodump plan")).isEqualTo("list them with: autodump plan");
    }
}
