package io.autodump.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "Zürich 数据 😀", "the replacement character itself: \uFFFD"})
    void readsText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(BoundedText.read(new ByteArrayInputStream(bytes), bytes.length))
                .isEqualTo(text);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        for (byte[] wrong : new byte[][] {{'a', (byte) 0xFF}, {(byte) 0xC3}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}}) {
            assertThatThrownBy(() -> BoundedText.read(new ByteArrayInputStream(wrong), 10))
                    .isInstanceOf(CharacterCodingException.class);
        }
    }

    @Test
    void refusesWhatIsLonger() {
        assertThatThrownBy(() -> BoundedText.read(new ByteArrayInputStream(new byte[11]), 10))
                .isInstanceOf(BoundedText.TooLongException.class)
                .hasMessage("has more than 10 bytes");
    }
}
