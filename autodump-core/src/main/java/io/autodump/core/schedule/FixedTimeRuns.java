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
 * The runs of an expression with fixed hours. Each time of a date makes one run, see {@link #run}; times that make the
 * same run make it once.
 *
 * <p>A later time never makes an earlier run. A search therefore starts at the time that the clock shows, and
 * continues until a run is on the right side of the instant.
 */
record FixedTimeRuns(WallClockTimes times, ZoneRules rules) implements RunSet {

    /**
     * Returns the run that a time makes: the instant at which the clock shows it. If the clock shows it twice, the
     * first of the two. If the clock skips it, the instant of the jump. A date that the clock skips as a whole, as
     * Samoa did with 2011-12-30, has no runs.
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
        // In the second pass of an overlap, times that the clock will show again have had their run already.
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
