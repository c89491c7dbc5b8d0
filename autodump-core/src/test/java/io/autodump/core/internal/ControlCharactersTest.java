package io.autodump.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlCharactersTest {
    @ParameterizedTest
    @ValueSource(ints = {0x1b, 0x0a, 0x85, 0x202e, 0x2028, 0x2029, 0xd800})
    void knowsWhatActsOnATerminalOrEndsALine(int point) {
        assertThat(ControlCharacters.isOne(point)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {'a', ' ', 'é', 0x1f600})
    void leavesWhatIsShown(int point) {
        assertThat(ControlCharacters.isOne(point)).isFalse();
        assertThat(ControlCharacters.escaped(Character.toString(point))).isEqualTo(Character.toString(point));
    }

    @Test
    void escapesAsJsonDoes() {
        assertThat(ControlCharacters.escaped("a\u001b[2J\u202eb\n")).isEqualTo("a\\u001b[2J\\u202eb\\u000a");
    }

    @Test
    void keepsWhatItIsTold() {
        assertThat(ControlCharacters.escaped("a\nb\rc", "\n")).isEqualTo("a\nb\\u000dc");
    }
}
