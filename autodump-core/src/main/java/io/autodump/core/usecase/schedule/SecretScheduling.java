package io.autodump.core.usecase.schedule;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.schedule.SecretOutcome.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts what is to be started for one secret, and turns whatever happens into its outcome. */
final class SecretScheduling {
    /**
     * A run that is further off isn't started yet. AWS Step Functions, "Quotas for standard workflows": an execution is
     * ended after one year, its wait included, and a run of {@code 0 0 29 2 *} may be eight years off. What is left of
     * the year is for the dump itself, and for scans that fail for weeks.
     */
    static final Duration LONGEST_WAIT = Duration.ofDays(300);

    private final RunScheduler scheduler;

    SecretScheduling(RunScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** The next run alone. */
    SecretOutcome scheduleNext(TaggedSecret secret, Instant now) {
        return schedule(secret, now, false);
    }

    /** The next run, and before it the newest missed one, if it is in its window and the secret is older than it. */
    SecretOutcome scheduleNextAndMissed(TaggedSecret secret, Instant now) {
        return schedule(secret, now, true);
    }

    private SecretOutcome schedule(TaggedSecret secret, Instant now, boolean catchUp) {
        SecretOutcome.Builder outcome =
                SecretOutcome.builder().secretId(secret.id()).secretName(secret.name());
        try {
            SecretTags tags = SecretTags.parse(secret.name(), secret.tags());
            return start(secret, tags, now, catchUp, outcome);
        } catch (InvalidInputException invalid) {
            return outcome.status(Status.INVALID).problems(invalid.problems()).build();
        } catch (AutoDumpException failed) {
            return outcome.status(Status.FAILED).failure(failed.report()).build();
        } catch (RuntimeException unexpected) {
            // One secret must never stop the others, not even by a fault of ours; it is still seen as a failure.
            return outcome.status(Status.FAILED).failure(unexpected.toString()).build();
        }
    }

    private SecretOutcome start(
            TaggedSecret secret, SecretTags tags, Instant now, boolean catchUp, SecretOutcome.Builder outcome) {
        Optional<DumpSchedule> schedule = tags.schedule();
        if (schedule.isEmpty()) {
            return outcome.status(Status.NOT_SCHEDULED).build();
        }
        if (!schedule.get().enabled()) {
            return outcome.status(Status.DISABLED).build();
        }
        TagsHash hash = TagsHash.of(tags);
        if (catchUp) {
            schedule.get()
                    .missed(secret.id(), now)
                    .filter(due -> secret.changedAt()
                            .map(changed -> !changed.isAfter(due))
                            .orElse(true))
                    .map(due -> run(secret, due, hash))
                    .filter(run -> scheduler.start(run) == RunScheduler.Started.NEW)
                    .ifPresent(outcome::caughtUp);
        }
        ScheduledRun next = run(secret, schedule.get().next(secret.id(), now).orElseThrow(), hash);
        if (next.when().isAfter(now.plus(LONGEST_WAIT))) {
            return outcome.status(Status.FAR_OFF).nextRun(next).build();
        }
        boolean isNew = scheduler.start(next) == RunScheduler.Started.NEW;
        return outcome.status(isNew ? Status.SCHEDULED : Status.ALREADY_SCHEDULED)
                .nextRun(next)
                .build();
    }

    private static ScheduledRun run(TaggedSecret secret, Instant when, TagsHash hash) {
        return ScheduledRun.builder()
                .secretId(secret.id())
                .secretName(secret.name())
                .when(when)
                .tagsHash(hash)
                .build();
    }
}
