package io.autodump.core.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Someone who sits before a clock on the wall, looks at it at every tick, and says when to run: the slow, obviously
 * right reading of the rules. Knows nothing of clock changes but what the clock shows.
 */
final class WallClock {

    /** What was seen at one tick. */
    record Glance(Instant instant, LocalDateTime shows, boolean shownBefore, List<LocalDateTime> jumpedOver) {}

    private final List<Glance> glances = new ArrayList<>();

    /** Watches from one instant (which must not be in the second pass of an overlap) until before another. */
    WallClock(ZoneId zone, Instant from, Instant until, Duration tick) {
        LocalDateTime latest = LocalDateTime.ofInstant(from.minus(tick), zone);
        for (Instant now = from; now.isBefore(until); now = now.plus(tick)) {
            LocalDateTime shows = LocalDateTime.ofInstant(now, zone);
            glances.add(new Glance(now, shows, !shows.isAfter(latest), minutesBetween(latest, shows)));
            latest = shows.isAfter(latest) ? shows : latest;
        }
    }

    /** The whole minutes between two times that the clock ought to have shown, on dates that it showed at all. */
    private static List<LocalDateTime> minutesBetween(LocalDateTime latest, LocalDateTime now) {
        LocalDateTime minute = latest.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        if (!minute.isBefore(now)) {
            return List.of();
        }
        List<LocalDateTime> minutes = new ArrayList<>();
        for (; minute.isBefore(now); minute = minute.plusMinutes(1)) {
            LocalDate date = minute.toLocalDate();
            if (date.equals(latest.toLocalDate()) || date.equals(now.toLocalDate())) {
                minutes.add(minute);
            }
        }
        return minutes;
    }

    NavigableSet<Instant> runs(NaiveCron cron) {
        NavigableSet<Instant> runs = new TreeSet<>();
        for (Glance glance : glances) {
            boolean shown = glance.shows().getSecond() == 0 && cron.matches(glance.shows());
            boolean shownFirst = shown && !glance.shownBefore();
            boolean jumpedOver = anyMatch(cron, glance.jumpedOver());
            if (cron.everyHour() ? shown : shownFirst || jumpedOver) {
                runs.add(glance.instant());
            }
        }
        return runs;
    }

    private static boolean anyMatch(NaiveCron cron, List<LocalDateTime> times) {
        return !times.isEmpty() && times.stream().anyMatch(cron::matches);
    }
}
