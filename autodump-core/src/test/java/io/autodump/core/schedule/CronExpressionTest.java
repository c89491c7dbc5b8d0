package io.autodump.core.schedule;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

    private static final ZonedDateTime START = ZonedDateTime.parse("2025-01-01T00:00:00Z");

    private static List<String> dates(String text, String start, int count) {
        return CronExpression.parse(text).upcoming(ZonedDateTime.parse(start), count).stream()
                .map(run -> run.toLocalDate().toString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 30-31 FEB *", "* * 31 2 */1"})
    @Timeout(10)
    void knowsAnImpossibleDateAtOnce(String text) {
        CronExpression cron = CronExpression.parse(text);
        assertThat(cron.isImpossible()).isTrue();
        assertThat(cron.next(START)).isEmpty();
        assertThat(cron.previous(START)).isEmpty();
        assertThat(cron.upcoming(START, 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 29 2 *",
                "0 0 31 2 1",
                "0 0 31 2 0-6",
                "0 0 31 4,5 *",
                "0 0 30,31 4 *",
                "0 0 * 2 *",
                "0 0 28-31 2 *",
                "0 0 29 2 1",
                "0 0 * 2 1"
            })
    void takesADateThatSomeYearHasForPossible(String text) {
        CronExpression cron = CronExpression.parse(text);
        assertThat(cron.isImpossible()).isFalse();
        assertThat(cron.next(START)).isPresent();
        assertThat(cron.previous(START)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* 2 * * *           | true",
                "- - - - -           | true",
                "*/1 2 * * *         | true",
                "0-59 2 * * *        | true",
                "0-29,30-59 2 * * *  | true",
                "10-9 2 * * *        | true",
                "*/2 * * * *         | false",
                "0-58 * * * *        | false",
                "0 * * * *           | false",
            })
    void saysWhetherItRunsEveryMinute(String text, boolean everyMinute) {
        assertThat(CronExpression.parse(text).runsEveryMinute()).isEqualTo(everyMinute);
    }

    @Test
    void matchesEitherDayWhereBothRestrict() {
        assertThat(dates("0 0 13 * 5", "2025-06-01T00:00:00Z", 4))
                .containsExactly("2025-06-06", "2025-06-13", "2025-06-20", "2025-06-27");
        assertThat(dates("0 0 */10 * SUN", "2025-06-01T00:00:00Z", 4))
                .as("a step restricts")
                .containsExactly("2025-06-08", "2025-06-11", "2025-06-15", "2025-06-21");
        assertThat(dates("0 0 10 * */6", "2025-06-01T00:00:00Z", 4))
                .containsExactly("2025-06-07", "2025-06-08", "2025-06-10", "2025-06-14");
        assertThat(dates("0 0 1-31 * SUN", "2025-06-01T00:00:00Z", 2))
                .as("a list of all days restricts")
                .containsExactly("2025-06-02", "2025-06-03");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 * * SUN", "0 0 - - 7", "0 0 */1 * 0", "0 0 -/1 - 0", "0 0 3,* * 0"})
    void matchesTheOneDayThatRestricts(String text) {
        assertThat(dates(text, "2025-06-01T00:00:00Z", 2)).containsExactly("2025-06-08", "2025-06-15");
    }

    @Test
    void goesOverAYearThatHasNoLeapDay() {
        assertThat(dates("0 0 29 2 *", "2096-02-28T00:00:00Z", 3))
                .containsExactly("2096-02-29", "2104-02-29", "2108-02-29");
        assertThat(CronExpression.parse("0 0 29 2 *").previous(ZonedDateTime.parse("2104-02-29T00:00:00Z")))
                .contains(ZonedDateTime.parse("2096-02-29T00:00:00Z"));
    }

    @Test
    void leavesOutTheInstantItIsAskedFrom() {
        CronExpression cron = CronExpression.parse("30 4 * * *");
        ZonedDateTime run = ZonedDateTime.parse("2025-06-05T04:30:00+02:00");
        assertThat(cron.next(run)).contains(run.plusDays(1));
        assertThat(cron.next(run.minusNanos(1))).contains(run);
        assertThat(cron.next(run.plusNanos(1))).contains(run.plusDays(1));
        assertThat(cron.previous(run)).contains(run.minusDays(1));
        assertThat(cron.previous(run.plusNanos(1))).contains(run);
        assertThat(cron.previous(run.minusNanos(1))).contains(run.minusDays(1));
    }

    @Test
    void answersInTheZoneItIsAskedIn() {
        ZonedDateTime start = START.withZoneSameInstant(ZoneOffset.ofHoursMinutesSeconds(5, 53, 28));
        assertThat(CronExpression.parse("0 7 * * *").next(start))
                .contains(LocalDateTime.parse("2025-01-01T07:00").atZone(start.getZone()));
    }

    @Test
    void listsUpcomingRuns() {
        CronExpression cron = CronExpression.parse("0 */12 * * *");
        assertThat(cron.upcoming(START, 3))
                .containsExactly(START.plusHours(12), START.plusHours(24), START.plusHours(36));
        assertThat(cron.upcoming(START, 0)).isEmpty();
        assertThatThrownBy(() -> cron.upcoming(START, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(cron.upcoming(START, 1)::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 1 1 *", "0 * 29 2 *", "59 23 31 12 *", "*/7 * * * *"})
    @Timeout(10)
    void hasNoRunsBeyondTheYearsOfTheCalendar(String text) {
        CronExpression cron = CronExpression.parse(text);
        for (ZoneOffset offset : List.of(ZoneOffset.MIN, UTC, ZoneOffset.MAX)) {
            ZonedDateTime first = LocalDateTime.MIN.atZone(offset);
            ZonedDateTime last = LocalDateTime.MAX.atZone(offset);
            assertThat(cron.next(last)).isEmpty();
            assertThat(cron.previous(first)).isEmpty();
            assertThat(cron.previous(last))
                    .hasValueSatisfying(
                            run -> assertThat(Duration.between(run, last)).isLessThan(Duration.ofDays(8 * 366)));
            assertThat(cron.next(first))
                    .hasValueSatisfying(
                            run -> assertThat(Duration.between(first, run)).isLessThan(Duration.ofDays(8 * 366)));
        }
    }

    @Test
    void isEqualByItsMeaning() {
        CronExpression cron = CronExpression.parse("0,30 1 * JAN SUN");
        assertThat(cron)
                .isEqualTo(CronExpression.parse("*/30 1 - 1 7"))
                .hasSameHashCodeAs(CronExpression.parse("*/30 1 - 1 7"))
                .hasToString("0,30 1 * 1 0")
                .isNotEqualTo(CronExpression.parse("0,30 1 * JAN MON"))
                .isNotEqualTo("0,30 1 * 1 0");
        assertThat(CronExpression.parse("0 * * * *")).isNotEqualTo(CronExpression.parse("0 0-23 * * *"));
    }

    @Test
    void runsInTheFirstAndTheLastYearOfTheCalendar() {
        CronExpression cron = CronExpression.parse("0 0 1 1 *");
        assertThat(cron.next(LocalDateTime.MAX.minusYears(1).atZone(UTC)))
                .contains(LocalDateTime.MAX
                        .withDayOfYear(1)
                        .truncatedTo(ChronoUnit.DAYS)
                        .atZone(UTC));
        assertThat(cron.previous(LocalDateTime.MIN.plusYears(1).atZone(UTC))).contains(LocalDateTime.MIN.atZone(UTC));
    }
}
