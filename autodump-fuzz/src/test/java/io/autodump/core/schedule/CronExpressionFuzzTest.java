package io.autodump.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** A cron expression is an expression with runs in the right order, or a {@link CronSyntaxException}. */
class CronExpressionFuzzTest {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 3, 29, 1, 59, 59, 0, ZoneId.of("Europe/Berlin"));

    @FuzzTest
    void fuzz(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        CronExpression cron;
        try {
            cron = CronExpression.parse(text);
        } catch (CronSyntaxException documented) {
            assertThat(documented.problems()).isNotEmpty();
            return;
        }
        assertThat(CronExpression.parse(cron.canonical())).isEqualTo(cron);
        Optional<ZonedDateTime> next = cron.next(NOW);
        Optional<ZonedDateTime> previous = cron.previous(NOW);
        assertThat(next.isEmpty()).isEqualTo(cron.isImpossible());
        next.ifPresent(run -> assertThat(run).isAfter(NOW));
        previous.ifPresent(run -> assertThat(run).isBefore(NOW));
    }
}
