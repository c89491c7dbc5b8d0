package io.autodump.cli.month;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database of the month, and when it is dumped, without the scheduler's own calendar.
 *
 * @param secret the name of its secret
 * @param database its name, if the secret has several
 * @param cron the tag
 * @param times when it is dumped each day
 * @param day the only day of the week; empty for all
 */
record MonthDatabase(
        String secret,
        Optional<String> database,
        String cron,
        ZoneId zone,
        List<LocalTime> times,
        Optional<DayOfWeek> day) {

    static final List<MonthDatabase> ALL = List.of(
            daily("orders", "10 8 - - -", "UTC", "08:10"),
            daily("stock", "30 2 - - -", "Europe/Berlin", "02:30"),
            daily("billing", "10 3 - - -", "Europe/Berlin", "03:10"),
            daily("users", "30 1 - - -", "America/New_York", "01:30"),
            daily("legacy", "30 2 - - -", "Australia/Sydney", "02:30"),
            daily("search", "0 12 - - -", "UTC", "12:00"),
            daily("events", "0 6-18/12 - - -", "UTC", "06:00", "18:00"),
            new MonthDatabase(
                    "archive",
                    Optional.empty(),
                    "0 5 - - 1",
                    ZoneId.of("UTC"),
                    List.of(LocalTime.of(5, 0)),
                    Optional.of(DayOfWeek.MONDAY)),
            several("crm"),
            several("hr"));

    private static MonthDatabase daily(String secret, String cron, String zone, String... times) {
        return new MonthDatabase(
                secret,
                Optional.empty(),
                cron,
                ZoneId.of(zone),
                List.of(times).stream().map(LocalTime::parse).toList(),
                Optional.empty());
    }

    private static MonthDatabase several(String database) {
        return new MonthDatabase(
                "erp",
                Optional.of(database),
                "20 4 - - -",
                ZoneId.of("UTC"),
                List.of(LocalTime.of(4, 20)),
                Optional.empty());
    }

    String name() {
        return secret + database.map(one -> "/" + one).orElse("");
    }

    private static final Map<MonthDatabase, List<Instant>> RUNS = new HashMap<>();

    /** Its runs from an instant to another one, which is excluded. */
    List<Instant> runs(Instant from, Instant to) {
        return RUNS.computeIfAbsent(this, MonthDatabase::allRuns).stream()
                .filter(run -> !run.isBefore(from) && run.isBefore(to))
                .toList();
    }

    private List<Instant> allRuns() {
        LocalDate first = MonthFaults.BEGIN.atZone(zone).toLocalDate();
        return first.datesUntil(first.plusDays(50))
                .filter(date -> day.map(date.getDayOfWeek()::equals).orElse(true))
                .flatMap(date -> times.stream().map(date::atTime))
                .map(this::instant)
                .toList();
    }

    /** The first pass of a time that occurs twice; the end of the gap for one that doesn't occur. */
    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }
}
