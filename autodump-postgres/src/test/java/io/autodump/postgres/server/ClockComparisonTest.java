package io.autodump.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockComparisonTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void saysThatTwoClocksAreYearsApart() {
        assertThat(ClockComparison.compare(Instant.parse("2101-01-01T00:00:00Z"), NOW))
                .hasValueSatisfying(words -> assertThat(words)
                        .contains(
                                "this machine shows 2101-01-01T00:00:00Z", "the server's shows 2026-11-22T08:00:00Z"));
    }

    @Test
    void saysNothingAboutAFewMinutes() {
        assertThat(ClockComparison.compare(NOW, NOW.plusSeconds(600))).isEmpty();
        assertThat(ClockComparison.compare(NOW, NOW.minusSeconds(600))).isEmpty();
    }
}
