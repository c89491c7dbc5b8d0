package io.autodump.core.schedule;

import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The runs of an expression in one zone. This set of instants depends on nothing else. The two kinds differ only in
 * what the zone's clock changes do to the times of the expression.
 */
sealed interface RunSet permits RealClockRuns, FixedTimeRuns {

    static RunSet of(WallClockTimes times, boolean everyHour, ZoneRules rules) {
        return everyHour ? new RealClockRuns(times, rules) : new FixedTimeRuns(times, rules);
    }

    /** Returns the first run after the instant; empty if there is none. */
    Optional<Instant> after(Instant instant);

    /** Returns the last run before the instant; empty if there is none. */
    Optional<Instant> before(Instant instant);
}
