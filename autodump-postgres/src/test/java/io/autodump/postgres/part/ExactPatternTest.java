package io.autodump.postgres.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExactPatternTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            orders   | "orders"
            a.b*?$\\ | "a.b*?$\\"
            a"b      | "a""b"
            täble    | "t"\\u00e4"ble"
            """)
    void quotesWhatItCanAndEscapesTheRest(String name, String pattern) {
        assertThat(ExactPattern.isPossible(name, true)).isTrue();
        assertThat(ExactPattern.of(name)).isEqualTo(pattern);
    }

    @ParameterizedTest
    @CsvSource({"täble, false", "'new\nline', true", "🐘, true"})
    void leavesOtherNamesToPgDump(String name, boolean utf8) {
        assertThat(ExactPattern.isPossible(name, utf8)).isFalse();
    }
}
