package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.error.Hints;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.secret.SecretId;
import io.autodump.core.secret.TaggedSecret;
import io.autodump.core.usecase.schedule.RunDecision;
import io.autodump.core.usecase.schedule.SecretOutcome;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.run.PendingRun;
import io.autodump.local.run.PendingRuns;
import io.autodump.local.run.RunEnd;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes, drops or reports due runs, as {@code DecideRun} decides. Of several due runs of one secret, it makes only the
 * newest. Not thread-safe.
 */
final class DueRuns {
    private static final Comparator<PendingRun> NEWEST_FIRST = Comparator.comparing(
                    (PendingRun run) -> run.run().when())
            .thenComparing(run -> run.run().tagsHash().value())
            .thenComparing(PendingRun::name)
            .reversed();

    private final AutoDump autoDump;
    private final FileRunScheduler runs;
    private final RunningDumps jobs;
    private final DumpEvents events;
    private final Journal journal;
    private final ExitStatus exitStatus;

    DueRuns(
            AutoDump autoDump,
            FileRunScheduler runs,
            RunningDumps jobs,
            DumpEvents events,
            Journal journal,
            ExitStatus exitStatus) {
        this.autoDump = autoDump;
        this.runs = runs;
        this.jobs = jobs;
        this.events = events;
        this.journal = journal;
        this.exitStatus = exitStatus;
    }

    /**
     * Takes every run that is due.
     *
     * @return the instant of the next run; empty if none waits. Doesn't count a run that is due and can't be taken yet:
     *     the end of a dump, or the next round, takes it
     */
    Optional<Instant> take(Instant now) {
        // Read this before the runs: if a dump ends in between, its run is still in the list.
        Set<SecretId> busy = jobs.busy();
        PendingRuns pending = runs.pending();
        for (Problem unreadable : pending.unreadable()) {
            exitStatus.note(ErrorCategory.INFRASTRUCTURE);
            journal.error("", "trouble", unreadable.toString());
        }
        due(pending, now).forEach((secret, newestFirst) -> {
            if (!busy.contains(secret)) {
                decide(newestFirst, now);
            }
        });
        return next(pending, now);
    }

    private static Map<SecretId, Set<PendingRun>> due(PendingRuns pending, Instant now) {
        Map<SecretId, Set<PendingRun>> due = new LinkedHashMap<>();
        for (PendingRun run : pending.runs()) {
            if (!run.run().when().isAfter(now)) {
                due.computeIfAbsent(run.run().secretId(), id -> new TreeSet<>(NEWEST_FIRST))
                        .add(run);
            }
        }
        return due;
    }

    private Optional<Instant> next(PendingRuns pending, Instant now) {
        return pending.runs().stream()
                .map(run -> jobs.restsUntil(run).orElse(run.run().when()))
                .filter(instant -> instant.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /** Makes the newest run that is still wanted, and drops the older ones. */
    private void decide(Set<PendingRun> newestFirst, Instant now) {
        boolean taken = false;
        for (PendingRun run : newestFirst) {
            if (taken) {
                drop(run, RunEnd.superseded("a newer run of this secret is due"), Optional.empty());
            } else if (jobs.restsUntil(run).filter(now::isBefore).isPresent()) {
                return;
            } else {
                Optional<RunDecision> decision = decision(run, now);
                if (decision.isEmpty()) {
                    return;
                }
                taken = carryOut(run, decision.get());
            }
        }
    }

    /** Empty if the secret can't be read now. Nothing changes then, and the next round tries again. */
    private Optional<RunDecision> decision(PendingRun run, Instant now) {
        try {
            RunDecision decision = autoDump.decide(run.run(), now);
            journal.settled(topic(run));
            return Optional.of(decision);
        } catch (AutoDumpException unknown) {
            exitStatus.note(unknown.code().category());
            String text = "the run of " + run.run().when() + " keeps waiting: " + unknown.report();
            journal.onChange(topic(run), LogEntry.Level.ERROR, run.run().secretName(), "trouble", text);
            return Optional.empty();
        }
    }

    /** Returns whether the dump of this run is made. */
    private boolean carryOut(PendingRun run, RunDecision decision) {
        decision.secret().found().ifPresent(secret -> reschedule(run, secret));
        if (decision instanceof RunDecision.Make make) {
            jobs.submit(run, make.deadline());
            return true;
        }
        drop(
                run,
                decision instanceof RunDecision.Missed
                        ? RunEnd.missed(decision.reason())
                        : RunEnd.superseded(decision.reason()),
                decision.secret().found());
        return false;
    }

    /**
     * Reschedules before the dump, so that a failed dump doesn't cost the next run. A failure here doesn't stop
     * the dump.
     */
    private void reschedule(PendingRun run, TaggedSecret secret) {
        SecretOutcome outcome = autoDump.reschedule(secret);
        outcome.failure().ifPresent(failure -> {
            exitStatus.note(ErrorCategory.INFRASTRUCTURE);
            journal.error(run.run().secretName(), "trouble", "the next run couldn't be scheduled: " + failure);
        });
    }

    /** Ends a run that isn't made. If an earlier attempt failed, records that failure, so that its code isn't lost. */
    private void drop(PendingRun run, RunEnd end, Optional<TaggedSecret> secret) {
        Optional<RunEnd> failure = jobs.lastFailure(run);
        if (failure.isPresent()) {
            giveUp(run, failure.get(), end.detail());
        } else if (end.status() == RunEnd.Status.MISSED) {
            secret.ifPresent(known ->
                    Monitoring.of(autoDump).recordMissed(known, run.run().when(), end.detail()));
            miss(run, end);
        } else {
            journal.info(
                    run.run().secretName(),
                    "superseded",
                    "the run of " + run.run().when() + " is dropped: " + end.detail());
            jobs.end(run, end);
        }
    }

    private void giveUp(PendingRun run, RunEnd failure, String reason) {
        String words = "no further attempt at the run of " + run.run().when() + ": " + reason;
        journal.error(run.run().secretName(), "failed", words);
        jobs.end(run, new RunEnd(failure.status(), failure.code(), failure.detail() + System.lineSeparator() + words));
    }

    private void miss(PendingRun pending, RunEnd end) {
        ScheduledRun run = pending.run();
        exitStatus.note(ErrorCategory.OPERATOR);
        journal.error(
                run.secretName(),
                "missed",
                "the run of " + run.when() + " was missed: " + end.detail() + "; there is no dump"
                        + System.lineSeparator()
                        + "HINT: keep the scheduler running, widen autodump:catch-up, or " + Hints.DUMP_NOW + " "
                        + run.secretName());
        // Publish before recording: after a crash in between, the event is published twice instead of never.
        events.publish(new DumpEvent.Missed(run.secretName(), run.when()));
        jobs.end(pending, end);
    }

    private static String topic(PendingRun run) {
        return "run " + run.name();
    }
}
