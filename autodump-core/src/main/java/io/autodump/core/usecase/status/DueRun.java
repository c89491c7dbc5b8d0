package io.autodump.core.usecase.status;

import io.autodump.core.plan.SecretTags;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.TaggedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest run of a database that must have ended by now. {@link FindOverdueDumps} explains the rule. Immutable.
 *
 * @param scheduledAt the scheduled instant of the run, jitter included
 * @param deadline when the run must have ended, at the latest
 */
public record DueRun(Instant scheduledAt, Instant deadline) {
    /**
     * Returns the run that must have ended by now; empty if there is none.
     *
     * @param margin how long a run may take until its dump is overdue, besides {@code autodump:timeout}
     */
    public static Optional<DueRun> of(TaggedSecret secret, SecretTags tags, Instant now, Duration margin) {
        Duration lateness = margin.plus(tags.settings().timeout().orElse(Duration.ZERO));
        return due(secret, tags, now.minus(lateness)).map(run -> new DueRun(run, run.plus(lateness)));
    }

    /**
     * Returns whether the dump of this run, or of a later one, is there.
     *
     * @param newestDump the scheduled instant of the newest dump; empty if there is none
     */
    public boolean isMadeBy(Optional<Instant> newestDump) {
        return newestDump.filter(dump -> !dump.isBefore(scheduledAt)).isPresent();
    }

    private static Optional<Instant> due(TaggedSecret secret, SecretTags tags, Instant ended) {
        Optional<DumpSchedule> schedule = tags.schedule().filter(DumpSchedule::enabled);
        Optional<Instant> newest = schedule.flatMap(runs -> runs.previous(secret.id(), ended));
        if (newest.filter(run -> isAfter(secret.changedAt(), run)).isEmpty()) {
            return newest;
        }
        return newest.flatMap(run -> schedule.flatMap(runs -> runs.previous(secret.id(), run.minusMillis(1))))
                .filter(run -> secret.createdAt().isPresent() && !isAfter(secret.createdAt(), run));
    }

    private static boolean isAfter(Optional<Instant> change, Instant run) {
        return change.filter(run::isBefore).isPresent();
    }
}
