package io.autodump.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseSelectionTest {
    private static final List<String> ALL = List.of("a.b", "crm", "my-shop", "shop", "shop_1", "shop_2", "test_shop");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|a.b crm my-shop shop shop_1 shop_2 test_shop",
                "-|a.b crm my-shop shop shop_1 shop_2 test_shop",
                "crm, shop|crm shop",
                "shop_*|shop_1 shop_2",
                "shop_-|shop_1 shop_2",
                "shop_? !shop_2|shop_1",
                "- -shop_- -test_-|a.b crm my-shop shop",
                "* !*shop*|a.b crm",
                "a.b|a.b",
                "a?b my-shop|a.b my-shop",
                "Shop|''",
                "[a]|''",
            })
    void selects(String text, String expected) {
        DatabaseSelection selection = DatabaseSelection.parse(text);

        assertThat(String.join(" ", ALL.stream().filter(selection::matches).toList()))
                .isEqualTo(expected);
    }

    @Test
    void mustIncludeSomething() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseSelection.parse("!test"))
                .withMessageContaining("only what to leave out");
        assertThatIllegalArgumentException().isThrownBy(() -> DatabaseSelection.parse("* !"));
    }

    @Test
    void isAValue() {
        assertThat(DatabaseSelection.parse("a, b"))
                .isEqualTo(DatabaseSelection.parse(" a b "))
                .hasSameHashCodeAs(DatabaseSelection.parse("a b"))
                .hasToString("a b");
    }
}
