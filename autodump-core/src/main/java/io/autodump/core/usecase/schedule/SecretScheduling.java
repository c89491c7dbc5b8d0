package io.autodump.core.usecase.schedule;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.plan.Deployment;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.DrillRuns;
import io.autodump.core.usecase.schedule.SecretOutcome.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts the runs of one secret, and turns every failure into its outcome. */
final class SecretScheduling {
    /**
     * The longest wait of a run. AWS Step Functions ends an execution after one year, its wait included ("Quotas for
     * standard workflows"), and a run of {@code 0 0 29 2 *} may be eight years away. The rest of the year is for the
     * dump itself, and for scans that fail for weeks.
     */
    static final Duration LONGEST_WAIT = Duration.ofDays(300);

    /** A drill that was due while no scan ran is made within this time. */
    private static final Duration DRILL_CATCH_UP = Duration.ofHours(24);

    private final RunScheduler scheduler;
    private final Optional<DrillRuns> drills;
    private final Deployment deployment;

    SecretScheduling(RunScheduler scheduler, Deployment deployment) {
        this(scheduler, Optional.empty(), deployment);
    }

    /**
     * Starts the runs of these schedulers.
     *
     * @param drills empty if no drills are started
     */
    SecretScheduling(RunScheduler scheduler, Optional<DrillRuns> drills, Deployment deployment) {
        this.scheduler = scheduler;
        this.drills = drills;
        this.deployment = deployment;
    }

    /** Starts the next run only. */
    SecretOutcome scheduleNext(TaggedSecret secret, Instant now) {
        return schedule(secret, now, false);
    }

    /**
     * Starts the next run, and before it the newest missed run if that is still in its window and not older than
     * the secret. Then starts the restore drill that is due.
     */
    SecretOutcome scheduleNextAndMissed(TaggedSecret secret, Instant now) {
        SecretOutcome scheduled = schedule(secret, now, true);
        return drills.filter(any -> scheduled.nextRun().isPresent())
                .map(all -> startDrill(all, secret, now, scheduled))
                .orElse(scheduled);
    }

    private SecretOutcome schedule(TaggedSecret secret, Instant now, boolean catchUp) {
        SecretOutcome.Builder outcome =
                SecretOutcome.builder().secretId(secret.id()).secretName(secret.name());
        try {
            SecretTags tags = SecretTags.read(secret.tags());
            if (deployment.isOther(tags)) {
                return outcome.status(Status.OTHER_DEPLOYMENT).build();
            }
            if (tags.dumpedIn(secret).isPresent()) {
                return outcome.status(Status.REPLICA).build();
            }
            outcome.problems(tags.problems().all()).changedAt(secret.changedAt());
            if (!tags.problems().schedule().isEmpty()) {
                return outcome.status(Status.INVALID).build();
            }
            return start(secret, tags, now, catchUp, outcome);
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
        if (tags.paused()) {
            return outcome.status(Status.DISABLED).build();
        }
        if (schedule.isEmpty()) {
            return outcome.status(Status.NOT_SCHEDULED).build();
        }
        TagsHash hash = TagsHash.of(tags);
        if (catchUp) {
            missed(schedule.get(), secret, now)
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

    /** The newest missed time that is in its window, unless the secret or its tags are newer. */
    private static Optional<Instant> missed(DumpSchedule schedule, TaggedSecret secret, Instant now) {
        return schedule.missed(secret.id(), now)
                .filter(due ->
                        secret.changedAt().map(changed -> !changed.isAfter(due)).orElse(true));
    }

    /** A drill has one name, so that the scans after its time start it once. */
    private static SecretOutcome startDrill(
            DrillRuns drills, TaggedSecret secret, Instant now, SecretOutcome scheduled) {
        SecretOutcome.Builder outcome = SecretOutcome.builder().from(scheduled);
        try {
            SecretTags tags = SecretTags.read(secret.tags());
            tags.drillSchedule(DRILL_CATCH_UP)
                    .flatMap(times -> missed(times, secret, now))
                    .map(due -> run(secret, due, TagsHash.of(tags)))
                    .filter(run -> drills.scheduler().start(run) == RunScheduler.Started.NEW)
                    .ifPresent(outcome::drill);
            return outcome.build();
        } catch (AutoDumpException failed) {
            return outcome.status(Status.FAILED)
                    .failure("its restore drill wasn't started: " + failed.report())
                    .build();
        } catch (RuntimeException unexpected) {
            return outcome.status(Status.FAILED).failure(unexpected.toString()).build();
        }
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
