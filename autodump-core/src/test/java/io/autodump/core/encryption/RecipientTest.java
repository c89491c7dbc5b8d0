package io.autodump.core.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientTest {
    private static final String FIRST = "age13uer3hlv5dsf6mvjfsegqr83pxsadgcypnksl2jmue93xajkvccsleavyd";
    private static final String SECOND = "age1qnpr8ruw5y49aa4cvwq0fzll2ntfddhv6e5p85auzcacddvnap8sdlqh7s";

    /** Each was printed by {@code age-keygen}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                FIRST,
                SECOND,
                "age1wy7dmzru0kx323ml3kggmscnj03hesklq7p4nzagzsa4athhfqeqeldze0",
                "age1uxjjttpkgtftu7e8jsjnmh274vgfydhe28ac3djejxmk6pkda99qsjzy5c",
                "age1spu3m38ha2pmczwj6qqkn38t6k5nhj822luzdk6y485zm7k6ta9q7nm2ql"
            })
    void takesWhatAgeKeygenPrints(String text) {
        assertThat(new Recipient(text)).hasToString(text);
    }

    @Test
    void findsEveryWrongLetter() {
        for (int i = "age1".length(); i < FIRST.length(); i++) {
            String other = FIRST.charAt(i) == 'q' ? "p" : "q";
            String wrong = FIRST.substring(0, i) + other + FIRST.substring(i + 1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Recipient(wrong))
                    .withMessageContaining("typing mistake");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', isn't a recipient",
        "age1, isn't a recipient",
        "AGE13UER3HLV5DSF6MVJFSEGQR83PXSADGCYPNKSL2JMUE93XAJKVCCSLEAVYD, isn't a recipient",
        "ssh-ed25519, SSH keys and plugins",
        "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t, plugins"
    })
    void saysWhatIsNoRecipient(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Recipient(text))
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AGE-SECRET-KEY-1U4A9FMUEC9LDKLZ4Q8K9NX3VUFD69LRTHX8FAWNXJLTR24FTW76S6Y32Y2",
                "age-secret-key-1u4a9fmuec9ldklz4q8k9nx3vufd69lrthx8fawnxjltr24ftw76s6y32y2"
            })
    void neverRepeatsASecretKey(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recipient.parseAll(List.of(FIRST, secret)))
                .withMessageStartingWith("recipient 2 is a secret key")
                .satisfies(refused ->
                        assertThat(refused.toString() + refused.getCause()).doesNotContainIgnoringCase("u4a9fmuec9"));
    }

    @Test
    void readsSeveralAndDropsDuplicates() {
        assertThat(Recipient.parseAll(List.of(FIRST, SECOND, FIRST)))
                .extracting(Recipient::text)
                .containsExactly(FIRST, SECOND);
    }
}
