package io.autodump.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every clock change of many zones, against what someone sees who watches the clock. Without {@code
 * -Dautodump.test.full=true} every third change of each zone.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class WallClockComparisonTest {

    private static final Instant FIRST = Instant.parse("1880-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2040-01-01T00:00:00Z");
    private static final int EXPRESSIONS = RandomRuns.tries(1, 12);
    private static final int STEP = EXPRESSIONS > 1 || Boolean.getBoolean("autodump.test.full") ? 1 : 3;

    private static final List<Duration> BOUNDARIES = Stream.of(
                    Duration.ofNanos(1),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1).minusSeconds(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1).minusSeconds(1),
                    Duration.ofHours(1))
            .flatMap(distance -> Stream.of(distance, distance.negated()))
            .toList();

    @RegisterExtension
    static final RandomRuns RUNS = new RandomRuns();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "America/New_York",
                "Europe/Berlin",
                "Europe/London",
                "Europe/Dublin",
                "Australia/Lord_Howe",
                "America/Sao_Paulo",
                "Africa/Casablanca",
                "Africa/El_Aaiun",
                "Asia/Kathmandu",
                "Asia/Singapore",
                "Pacific/Apia",
                "Pacific/Kwajalein",
                "America/St_Johns",
                "America/Toronto",
                "Asia/Tehran",
                "Africa/Cairo",
                "Africa/Monrovia",
                "America/Havana",
                "America/Juneau",
                "Antarctica/Troll",
                "Pacific/Chatham",
                "Europe/Amsterdam"
            })
    void runsAsSomeoneWouldWhoWatchesTheClock(String zoneId) {
        ZoneId zone = ZoneId.of(zoneId);
        Random random = RUNS.random(zoneId.hashCode());
        RandomCron expressions = new RandomCron(random, true);
        List<ZoneOffsetTransition> changes = changes(zone.getRules());
        for (int number = 0; number < changes.size(); number += STEP) {
            ZoneOffsetTransition change = changes.get(number);
            boolean wholeMinutes = isWholeMinute(change);
            Duration around = change.getDuration().abs().plusHours(wholeMinutes ? 6 : 2);
            Instant from = change.getInstant().minus(around);
            Instant until = change.getInstant().plus(around);
            WallClock clock =
                    new WallClock(zone, from, until, wholeMinutes ? Duration.ofMinutes(1) : Duration.ofSeconds(1));
            for (int i = 0; i < EXPRESSIONS; i++) {
                String plain = expressions.plain(
                        random.nextBoolean() ? change.getDateTimeBefore() : change.getDateTimeAfter());
                CronExpression cron = CronExpression.parse(expressions.respelled(plain));
                NavigableSet<Instant> runs = clock.runs(new NaiveCron(plain));
                assertSameRuns(cron, zone, from, until, runs, () -> plain + " at " + change);
                for (Instant start : starts(change, random)) {
                    assertNeighbours(cron, start.atZone(zone), from, until, runs, () -> plain + " from " + start);
                }
            }
        }
    }

    private static void assertSameRuns(
            CronExpression cron,
            ZoneId zone,
            Instant from,
            Instant until,
            NavigableSet<Instant> runs,
            Supplier<String> what) {
        List<Instant> found = new ArrayList<>();
        Optional<ZonedDateTime> run = cron.next(from.minusNanos(1).atZone(zone));
        while (run.isPresent() && run.get().toInstant().isBefore(until)) {
            found.add(run.get().toInstant());
            run = cron.next(run.get());
        }
        assertThat(found).as(what).containsExactlyElementsOf(runs);
    }

    private static void assertNeighbours(
            CronExpression cron,
            ZonedDateTime start,
            Instant from,
            Instant until,
            NavigableSet<Instant> runs,
            Supplier<String> what) {
        Optional<Instant> next = cron.next(start).map(ZonedDateTime::toInstant).filter(run -> run.isBefore(until));
        Optional<Instant> previous =
                cron.previous(start).map(ZonedDateTime::toInstant).filter(run -> !run.isBefore(from));
        assertThat(next)
                .as(() -> "next of " + what.get())
                .isEqualTo(Optional.ofNullable(runs.higher(start.toInstant())));
        assertThat(previous)
                .as(() -> "previous of " + what.get())
                .isEqualTo(Optional.ofNullable(runs.lower(start.toInstant())));
    }

    /** The change itself, both ends of its overlap, and the instants just beside them. */
    private static List<Instant> starts(ZoneOffsetTransition change, Random random) {
        List<Instant> starts = new ArrayList<>();
        for (Instant edge : List.of(
                change.getInstant(),
                change.getInstant().plus(change.getDuration().abs()),
                change.getInstant().minus(change.getDuration().abs()))) {
            starts.add(edge);
            BOUNDARIES.forEach(distance -> starts.add(edge.plus(distance)));
        }
        starts.add(change.getInstant().plusSeconds(random.nextInt(7200) - 3600));
        return starts;
    }

    private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
        return Stream.iterate(
                        rules.nextTransition(FIRST),
                        change -> change != null && change.getInstant().isBefore(LAST),
                        change -> rules.nextTransition(change.getInstant()))
                .toList();
    }

    private static boolean isWholeMinute(ZoneOffsetTransition change) {
        return Stream.of(change.getOffsetBefore(), change.getOffsetAfter())
                        .allMatch(offset -> offset.getTotalSeconds() % 60 == 0)
                && change.getInstant().getEpochSecond() % 60 == 0;
    }
}
