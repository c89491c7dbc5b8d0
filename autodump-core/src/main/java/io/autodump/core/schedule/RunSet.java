package io.autodump.core.schedule;

import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The runs of an expression in one zone: a set of instants that depends on nothing else, and on no instant from
 * which it is looked at. What a zone's clock changes do to the times of the expression is the one difference
 * between its two kinds.
 */
sealed interface RunSet permits RealClockRuns, FixedTimeRuns {

    static RunSet of(WallClockTimes times, boolean everyHour, ZoneRules rules) {
        return everyHour ? new RealClockRuns(times, rules) : new FixedTimeRuns(times, rules);
    }

    /** The first run later than the instant. */
    Optional<Instant> after(Instant instant);

    /** The last run earlier than the instant. */
    Optional<Instant> before(Instant instant);
}
