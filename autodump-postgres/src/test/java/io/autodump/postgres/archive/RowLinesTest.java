package io.autodump.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowLinesTest {
    @Test
    void countsEachLineOnceWhereverThePiecesBegin() {
        Random random = new Random(9);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (random.nextInt(4) == 0 ? '\n' : random.nextInt(256));
            }
            int piece = 1 + random.nextInt(40);

            RowLines lines = new RowLines();
            for (int at = 0; at < bytes.length; at += piece) {
                lines.accept(bytes, at, Math.min(piece, bytes.length - at));
            }

            assertThat(lines.count())
                    .isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1)
                            .chars()
                            .filter(character -> character == '\n')
                            .count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a\tb\n", "a\nb\n"})
    void isWholeIfItsLastLineHasItsEnd(String text) {
        assertThat(of(text).isWhole()).isTrue();
        assertThat(of(text + "a").isWhole()).isFalse();
    }

    private static RowLines of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RowLines lines = new RowLines();
        lines.accept(bytes, 0, bytes.length);
        lines.accept(bytes, 0, 0);
        return lines;
    }
}
