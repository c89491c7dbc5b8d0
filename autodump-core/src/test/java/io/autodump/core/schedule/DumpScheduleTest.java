package io.autodump.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.core.secret.SecretId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DumpScheduleTest {
    private static final SecretId ORDERS = SecretId.of("orders");
    private static final Instant EIGHT = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void givesTheInstantsOfTheCronExpressionWithoutJitter() {
        DumpSchedule daily = daily().build();

        assertThat(daily.next(ORDERS, EIGHT)).contains(EIGHT.plus(Duration.ofDays(1)));
        assertThat(daily.next(ORDERS, EIGHT.minusNanos(1))).contains(EIGHT);
        assertThat(daily.upcoming(ORDERS, EIGHT, 3))
                .extracting(run -> run.toInstant().toString())
                .containsExactly("2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z", "2026-11-25T08:00:00Z");
    }

    @Test
    void shiftsEveryRunOfASecretByTheSameOffsetWithinTheJitter() {
        DumpSchedule jittered = daily().jitter(Duration.ofHours(2)).build();
        Duration offset = jittered.offset(ORDERS);

        assertThat(offset).isPositive().isLessThan(Duration.ofHours(2));
        assertThat(jittered.upcoming(ORDERS, EIGHT, 3))
                .extracting(run -> run.toInstant().minus(offset).toString())
                .containsExactly("2026-11-22T08:00:00Z", "2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z");
        assertThat(jittered.next(ORDERS, EIGHT.plus(offset).minusNanos(1))).contains(EIGHT.plus(offset));
    }

    @Test
    void spreadsSecretsOverTheJitter() {
        DumpSchedule jittered = daily().jitter(Duration.ofMinutes(10)).build();
        List<Duration> offsets = IntStream.range(0, 500)
                .mapToObj(i -> jittered.offset(SecretId.of("database-" + i)))
                .toList();

        assertThat(offsets).allSatisfy(offset -> assertThat(offset).isBetween(Duration.ZERO, Duration.ofSeconds(599)));
        for (int fifth = 0; fifth < 5; fifth++) {
            Duration from = Duration.ofMinutes(2L * fifth);
            Duration to = from.plusMinutes(2);
            assertThat(offsets)
                    .filteredOn(offset -> offset.compareTo(from) >= 0 && offset.compareTo(to) < 0)
                    .hasSizeGreaterThan(50);
        }
    }

    @Test
    void findsAMissedRunWithinTheWindowOnly() {
        DumpSchedule daily = daily().catchUp(Duration.ofHours(6)).build();

        assertThat(daily.missed(ORDERS, EIGHT)).contains(EIGHT);
        assertThat(daily.missed(ORDERS, EIGHT.plus(Duration.ofHours(6)).minusNanos(1)))
                .contains(EIGHT);
        assertThat(daily.missed(ORDERS, EIGHT.plus(Duration.ofHours(6)))).isEmpty();
        assertThat(daily.missed(ORDERS, EIGHT.minusNanos(1))).isEmpty();
    }

    @Test
    void findsTheNewestOfManyMissedRuns() {
        DumpSchedule hourly = DumpSchedule.builder()
                .cron(CronExpression.parse("@hourly"))
                .jitter(Duration.ofMinutes(20))
                .build();
        Instant now = Instant.parse("2026-11-22T12:30:00Z");

        assertThat(hourly.missed(ORDERS, now))
                .contains(Instant.parse("2026-11-22T12:00:00Z").plus(hourly.offset(ORDERS)));
    }

    @Test
    void findsNoMissedRunWithoutAWindow() {
        assertThat(daily().catchUp(Duration.ZERO).build().missed(ORDERS, EIGHT)).isEmpty();
    }

    @Test
    void runsAtTheWallClockOfItsZone() {
        DumpSchedule berlin = daily().zone(ZoneId.of("Europe/Berlin")).build();

        assertThat(berlin.upcoming(ORDERS, Instant.parse("2026-10-23T12:00:00Z"), 3))
                .extracting(run -> run.toInstant().toString())
                .containsExactly("2026-10-24T06:00:00Z", "2026-10-25T07:00:00Z", "2026-10-26T07:00:00Z");
    }

    @Test
    void refusesNegativeDurations() {
        assertThatThrownBy(() -> daily().jitter(Duration.ofSeconds(-1)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> daily().catchUp(Duration.ofSeconds(-1)).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static DumpSchedule.Builder daily() {
        return DumpSchedule.builder().cron(CronExpression.parse("0 8 * * *"));
    }
}
