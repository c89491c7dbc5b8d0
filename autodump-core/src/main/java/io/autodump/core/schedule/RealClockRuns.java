package io.autodump.core.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The runs of an expression with {@code *} as the hour: one whenever the clock shows a matching time. A time that the
 * clock shows twice has two runs, and a time that it skips has none.
 *
 * <p>A search goes from one clock change to the next. Between two changes, times and runs have the same order.
 */
record RealClockRuns(WallClockTimes times, ZoneRules rules) implements RunSet {

    @Override
    public Optional<Instant> after(Instant instant) {
        ZoneOffset offset = rules.getOffset(instant);
        LocalDateTime shown = LocalDateTime.ofInstant(instant, offset);
        ZoneOffsetTransition change = rules.nextTransition(instant);
        while (true) {
            Optional<Instant> run = instantOf(times.after(shown), offset);
            if (change == null || run.isEmpty() || run.get().isBefore(change.getInstant())) {
                return run;
            }
            offset = change.getOffsetAfter();
            // The clock's first time after the change may be a run.
            shown = change.getDateTimeAfter().minusNanos(1);
            change = rules.nextTransition(change.getInstant());
        }
    }

    @Override
    public Optional<Instant> before(Instant instant) {
        ZoneOffset offset = rules.getOffset(instant.minusNanos(1));
        LocalDateTime shown = LocalDateTime.ofInstant(instant, offset);
        ZoneOffsetTransition change = rules.previousTransition(instant);
        while (true) {
            Optional<Instant> run = instantOf(times.before(shown), offset);
            if (change == null || run.isEmpty() || !run.get().isBefore(change.getInstant())) {
                return run;
            }
            offset = change.getOffsetBefore();
            shown = change.getDateTimeBefore();
            change = rules.previousTransition(change.getInstant());
        }
    }

    private static Optional<Instant> instantOf(Optional<LocalDateTime> time, ZoneOffset offset) {
        return time.map(shown -> shown.toInstant(offset));
    }
}
