package io.autodump.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/error-codes.md} against the registry. */
class ErrorCodesDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/error-codes.md");

    @Test
    void documentsEveryCodeWithItsSummaryAndExitStatus() throws IOException {
        String document = Files.readString(DOCUMENT);

        for (ErrorCode code : ErrorCode.values()) {
            assertThat(document)
                    .contains(
                            "| `" + code.id() + "` | " + code.category().exitStatus() + " | " + code.summary() + " |");
        }
    }

    @Test
    void documentsNoCodeThatIsNone() throws IOException {
        assertThat(Pattern.compile("AD-\\d{4}")
                        .matcher(Files.readString(DOCUMENT))
                        .results()
                        .map(MatchResult::group))
                .isSubsetOf(Arrays.stream(ErrorCode.values()).map(ErrorCode::id).toList());
    }

    /** Rules on EventBridge and scripts match these words. */
    @Test
    void keepsThePublishedWordsOfTheCategories() {
        assertThat(Arrays.stream(ErrorCategory.values()).map(category -> category.word(Platform.AWS)))
                .containsExactly("caller", "operator", "database", "aws", "autodump");
        assertThat(Arrays.stream(ErrorCategory.values()).map(category -> category.word(Platform.OWN)))
                .containsExactly("caller", "operator", "database", "infrastructure", "autodump");
    }

    @Test
    void givesEveryCodeOnceAndNoExitStatusThatMeansSuccess() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("AD-\\d{4}"));
        assertThat(ErrorCategory.values())
                .allMatch(category -> category.exitStatus() > 0 && category.exitStatus() < 126);
    }
}
