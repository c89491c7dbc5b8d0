package io.autodump.postgres.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PassFileTest {
    @Test
    void escapesColonsAndBackslashes() {
        assertThat(PassFile.line(Password.of("a:b\\c d'\"#"))).isEqualTo("*:*:*:*:a\\:b\\\\c d'\"#\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "two\rlines", "zero\0"})
    void refusesWhatThePasswordFileCannotHoldWithoutShowingIt(String password) {
        assertThatThrownBy(() -> PassFile.line(Password.of(password)))
                .isInstanceOf(AutoDumpException.class)
                .hasMessageNotContaining(password.substring(0, 3));
    }
}
