package io.autodump.core.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * The runs at times of day: each of the times makes one run, see {@link #run}, and times that make the same run
 * make it once.
 *
 * <p>A later time never makes an earlier run. So a search begins at the time that the clock shows, and goes on until a
 * run is on the right side of the instant.
 */
record FixedTimeRuns(WallClockTimes times, ZoneRules rules) implements RunSet {

    /**
     * The run that a time makes: when the clock shows it; when the clock shows it twice, the first time; when the clock
     * jumps over it, at the instant of the jump. Only a date that the clock leaves out altogether, as Samoa's did
     * with 2011-12-30, has no runs.
     */
    private Optional<Instant> run(LocalDateTime time) {
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        if (!offsets.isEmpty()) {
            return Optional.of(time.toInstant(offsets.get(0)));
        }
        ZoneOffsetTransition gap = rules.getTransition(time);
        return leavesOut(time.toLocalDate(), gap) ? Optional.empty() : Optional.of(gap.getInstant());
    }

    private static boolean leavesOut(LocalDate date, ZoneOffsetTransition gap) {
        return !gap.getDateTimeBefore().isAfter(date.atStartOfDay())
                && !gap.getDateTimeAfter().isBefore(date.plusDays(1).atStartOfDay());
    }

    @Override
    public Optional<Instant> after(Instant instant) {
        LocalDateTime shown = LocalDateTime.ofInstant(instant, rules.getOffset(instant));
        Optional<LocalDateTime> time = times.after(shown);
        Optional<Instant> run = time.flatMap(this::run);
        while (time.isPresent() && run.filter(instant::isBefore).isEmpty()) {
            time = time.flatMap(times::after);
            run = time.flatMap(this::run);
        }
        return run;
    }

    @Override
    public Optional<Instant> before(Instant instant) {
        LocalDateTime shown = LocalDateTime.ofInstant(instant, rules.getOffset(instant));
        // On the second pass of an overlap even times that the clock is yet to show again have had their run.
        ZoneOffsetTransition overlap = rules.getTransition(shown);
        Optional<LocalDateTime> time = times.before(overlap == null ? shown : overlap.getDateTimeBefore());
        Optional<Instant> run = time.flatMap(this::run);
        while (time.isPresent() && run.filter(instant::isAfter).isEmpty()) {
            time = time.flatMap(times::before);
            run = time.flatMap(this::run);
        }
        return run;
    }
}
