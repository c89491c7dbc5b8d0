package io.autodump.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single clock changes of every kind, by hand. */
class ClockChangeTest {

    private static final String NEW_YORK = "America/New_York";

    /** All runs from one instant until before another, as the zone's clock shows them. */
    private static List<String> runs(String cron, String zone, String from, String until) {
        CronExpression expression = CronExpression.parse(cron);
        Instant end = Instant.parse(until);
        ZonedDateTime start = Instant.parse(from).minusNanos(1).atZone(ZoneId.of(zone));
        return Stream.iterate(
                        expression.next(start),
                        run -> run.orElseThrow().toInstant().isBefore(end),
                        run -> expression.next(run.orElseThrow()))
                .map(run -> run.orElseThrow().toOffsetDateTime().toString())
                .toList();
    }

    private static Optional<Instant> next(String cron, String zone, String after) {
        return CronExpression.parse(cron)
                .next(Instant.parse(after).atZone(ZoneId.of(zone)))
                .map(ZonedDateTime::toInstant);
    }

    private static Optional<Instant> previous(String cron, String zone, String before) {
        return CronExpression.parse(cron)
                .previous(Instant.parse(before).atZone(ZoneId.of(zone)))
                .map(ZonedDateTime::toInstant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-03-10T06:30:00Z",
                "2024-03-10T06:59:00Z",
                "2024-03-10T06:59:59Z",
                "2024-03-10T06:59:59.999999999Z"
            })
    void findsTheRunOfAGapFromEveryInstantBeforeIt(String justBefore) {
        assertThat(next("30 2 * * *", NEW_YORK, justBefore)).contains(Instant.parse("2024-03-10T07:00:00Z"));
    }

    @Test
    void findsTheRunOfAGapFromEveryInstantAfterIt() {
        Instant run = Instant.parse("2024-03-10T07:00:00Z");
        assertThat(previous("30 2 * * *", NEW_YORK, "2024-03-10T07:00:00.000000001Z"))
                .contains(run);
        assertThat(previous("30 2 * * *", NEW_YORK, "2024-03-10T07:30:00Z")).contains(run);
        assertThat(previous("30 2 * * *", NEW_YORK, "2024-03-11T06:30:00Z")).contains(run);
        assertThat(previous("30 2 * * *", NEW_YORK, "2024-03-10T07:00:00Z"))
                .contains(Instant.parse("2024-03-09T07:30:00Z"));
    }

    @Test
    void runsOnceHoweverManyTimesFallIntoTheGap() {
        assertThat(runs("*/10 1-3 * * *", NEW_YORK, "2024-03-10T06:40:00Z", "2024-03-10T07:20:00Z"))
                .containsExactly(
                        "2024-03-10T01:40-05:00",
                        "2024-03-10T01:50-05:00",
                        "2024-03-10T03:00-04:00",
                        "2024-03-10T03:10-04:00");
        assertThat(runs("5,35 2 * * *", NEW_YORK, "2024-03-10T00:00:00Z", "2024-03-11T00:00:00Z"))
                .containsExactly("2024-03-10T03:00-04:00");
    }

    @Test
    void runsEveryRealHourOverAGap() {
        assertThat(runs("*/30 * * * *", NEW_YORK, "2024-03-10T06:00:00Z", "2024-03-10T08:00:00Z"))
                .containsExactly(
                        "2024-03-10T01:00-05:00",
                        "2024-03-10T01:30-05:00",
                        "2024-03-10T03:00-04:00",
                        "2024-03-10T03:30-04:00");
    }

    @Test
    void takesAnHourWithAStarAmongItsEntriesForEveryHour() {
        assertThat(runs("30 1,* * * *", NEW_YORK, "2024-11-03T05:00:00Z", "2024-11-03T07:00:00Z"))
                .containsExactly("2024-11-03T01:30-04:00", "2024-11-03T01:30-05:00");
    }

    @Test
    void takesAListOfAllHoursForFixedTimes() {
        assertThat(runs("30 0-23 * * *", NEW_YORK, "2024-11-03T05:00:00Z", "2024-11-03T08:00:00Z"))
                .containsExactly("2024-11-03T01:30-04:00", "2024-11-03T02:30-05:00");
        assertThat(runs("30 0-23 * * *", NEW_YORK, "2024-03-10T06:00:00Z", "2024-03-10T08:00:00Z"))
                .containsExactly("2024-03-10T01:30-05:00", "2024-03-10T03:00-04:00", "2024-03-10T03:30-04:00");
    }

    @Test
    void runsOnTheFirstPassOfAnOverlapFromWhereverItIsAsked() {
        Instant firstPass = Instant.parse("2024-11-03T05:30:00Z");
        Instant nextDay = Instant.parse("2024-11-04T06:30:00Z");
        assertThat(next("30 1 * * *", NEW_YORK, "2024-11-03T05:29:59Z")).contains(firstPass);
        assertThat(next("30 1 * * *", NEW_YORK, "2024-11-03T05:30:00Z")).contains(nextDay);
        assertThat(next("30 1 * * *", NEW_YORK, "2024-11-03T06:00:00Z")).contains(nextDay);
        assertThat(next("30 1 * * *", NEW_YORK, "2024-11-03T06:29:59Z")).contains(nextDay);
        assertThat(previous("30 1 * * *", NEW_YORK, "2024-11-03T06:10:00Z")).contains(firstPass);
        assertThat(previous("30 1 * * *", NEW_YORK, "2024-11-03T06:30:01Z")).contains(firstPass);
        assertThat(previous("50 1 * * *", NEW_YORK, "2024-11-03T06:10:00Z"))
                .as("a time that the second pass has not reached yet")
                .contains(Instant.parse("2024-11-03T05:50:00Z"));
    }

    @Test
    void runsOverMidnightWhereAGapCrossesIt() {
        // Toronto's clocks went from Sunday 23:30 to Monday 00:30.
        assertThat(runs("45 23 * * SUN", "America/Toronto", "1919-03-30T05:00:00Z", "1919-04-01T05:00:00Z"))
                .containsExactly("1919-03-31T00:30-04:00");
        assertThat(runs("0 0 * * *", "America/Toronto", "1919-03-30T05:00:00Z", "1919-04-01T04:00:00Z"))
                .containsExactly("1919-03-30T00:00-05:00", "1919-03-31T00:30-04:00");
    }

    @Test
    void runsAtTheFirstInstantOfADateWhoseMidnightIsMissing() {
        assertThat(runs("0 0 * * *", "America/Havana", "2025-03-08T12:00:00Z", "2025-03-10T12:00:00Z"))
                .containsExactly("2025-03-09T01:00-04:00", "2025-03-10T00:00-04:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 12 *", "59 23 30 12 *", "*/5 0-23 30 12 *", "0 * 30 12 *"})
    void hasNoRunOnADateThatIsLeftOutAsAWhole(String cron) {
        assertThat(runs(cron, "Pacific/Apia", "2011-12-30T09:00:00Z", "2011-12-31T12:00:00Z"))
                .isEmpty();
    }

    @Test
    void runsOnBothSidesOfADateThatIsLeftOut() {
        assertThat(runs("0 0,12 * * *", "Pacific/Apia", "2011-12-29T20:00:00Z", "2011-12-31T08:00:00Z"))
                .containsExactly("2011-12-29T12:00-10:00", "2011-12-31T00:00+14:00", "2011-12-31T12:00+14:00");
    }

    @Test
    void followsTheClockOfOffsetsWithSeconds() {
        // Until 1972 Monrovia was 44 minutes and 30 seconds behind; 00:00:00 became 00:44:30.
        assertThat(runs("*/30 * * * *", "Africa/Monrovia", "1972-01-07T00:00:00Z", "1972-01-07T01:40:00Z"))
                .containsExactly("1972-01-06T23:30-00:44:30", "1972-01-07T01:00Z", "1972-01-07T01:30Z");
        assertThat(runs("30 0 * * *", "Africa/Monrovia", "1972-01-06T00:00:00Z", "1972-01-09T00:00:00Z"))
                .containsExactly("1972-01-06T00:30-00:44:30", "1972-01-07T00:44:30Z", "1972-01-08T00:30Z");
    }

    @Test
    void takesAMinuteForMissingWhoseSecondZeroIsMissing() {
        // Tonga's clocks went from +12:19:12 to +12:20, so that 00:00:00 became 00:00:48.
        assertThat(runs("0 * * * *", "Pacific/Tongatapu", "1945-09-09T10:00:00Z", "1945-09-09T13:30:00Z"))
                .containsExactly("1945-09-09T23:00+12:19:12", "1945-09-10T01:00+12:20");
        assertThat(runs("0 0 * * *", "Pacific/Tongatapu", "1945-09-09T10:00:00Z", "1945-09-10T13:30:00Z"))
                .containsExactly("1945-09-10T00:00:48+12:20", "1945-09-11T00:00+12:20");
    }
}
