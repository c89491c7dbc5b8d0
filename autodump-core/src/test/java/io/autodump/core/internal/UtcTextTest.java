package io.autodump.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {
    @Test
    void readsWhatJavaWrites() {
        Random random = new Random(2026);
        for (int i = 0; i < 2_000; i++) {
            Instant instant = Instant.ofEpochSecond(
                    random.nextLong(-70_000_000_000L, 300_000_000_000L),
                    i % 3 == 0 ? 0 : random.nextInt(1_000_000_000) / 1_000 * (i % 3 == 1 ? 1_000 : 1));
            assertThat(UtcText.parse(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T08:00:00Z",
                "2026-11-22T08:00:00.1Z",
                "2026-11-22T08:00:00.123456789Z",
                "2026-11-22T08:00:00.Z",
                "2026-11-22T24:00:00Z",
                "2026-06-30T23:59:60Z",
                "2026-11-22t08:00:00z",
                "2026-11-22T08:00Z",
                "2026-11-22T08:00:00+01:00",
                "+12026-11-22T08:00:00Z",
                "-0001-11-22T08:00:00Z"
            })
    void readsWhatJavaReads(String text) {
        assertThat(asJavaDoes(() -> UtcText.parse(text))).isEqualTo(asJavaDoes(() -> Instant.parse(text)));
    }

    private static String asJavaDoes(Supplier<Instant> reading) {
        try {
            return reading.get().toString();
        } catch (DateTimeException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-30T08:00:00Z",
                "2026-13-01T08:00:00Z",
                "2026-11-22T08:00:61Z",
                "2026-11-22T08:00:00.1234567890Z",
                "2026-11-22T08:00:00.-1Z",
                "2026-11-22 08:00:00Z",
                "2026-11-22T08:00:00",
                "٢٠٢٦-11-22T08:00:00Z"
            })
    void refusesWhatIsNoInstant(String text) {
        assertThatThrownBy(() -> UtcText.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
