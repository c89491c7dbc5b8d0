package io.autodump.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "Orders, ^(orders)$",
                "\"Orders\", ^(Orders)$",
                "log_*, ^(log_.*)$",
                "log?, ^(log.)$",
                "a|b, ^(a|b)$",
                "[a-c]x, ^([a-c]x)$",
                "price$, ^(price\\$)$",
                "\"a.b*\", ^(a\\.b\\*)$",
                "\"say \"\"x\"\"\", '^(say \"x\")$'"
            })
    void readsNamesAsPgDumpDoes(String pattern, String regex) {
        assertThat(NamePattern.parse(pattern)).isEqualTo(new NamePattern(Optional.empty(), regex));
    }

    @Test
    void separatesTheSchemaAtAnUnquotedDot() {
        assertThat(NamePattern.parse("Sales.\"Or.ders\""))
                .isEqualTo(new NamePattern(Optional.of("^(sales)$"), "^(Or\\.ders)$"));
    }
}
