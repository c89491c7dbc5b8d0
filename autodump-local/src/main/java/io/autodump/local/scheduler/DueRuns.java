package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.error.Hints;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.schedule.RunDecision;
import io.autodump.core.usecase.schedule.SecretOutcome;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.run.PendingRun;
import io.autodump.local.run.PendingRuns;
import io.autodump.local.run.RunEnd;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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

    /** How many runs of one break are recorded as missed, at the most. */
    private static final int MOST_LATER = 100;

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

    /** Makes the newest run that is still wanted, and drops the older ones, which may be missed. */
    private void decide(Set<PendingRun> newestFirst, Instant now) {
        Optional<Runnable> dump = Optional.empty();
        Instant newer = now;
        for (PendingRun run : newestFirst) {
            if (dump.isEmpty() && jobs.restsUntil(run).filter(now::isBefore).isPresent()) {
                return;
            }
            Optional<RunDecision> decision = decision(run, now);
            if (decision.isEmpty() && dump.isEmpty()) {
                return;
            }
            Optional<RunDecision.Make> make =
                    decision.filter(RunDecision.Make.class::isInstance).map(RunDecision.Make.class::cast);
            if (make.isPresent() && dump.isEmpty()) {
                reschedule(run, make.get());
                dump = make.map(wanted -> () -> jobs.submit(run, wanted.deadline()));
            } else if (decision.isPresent() && make.isEmpty()) {
                drop(run, decision.get(), newer, now);
            } else {
                drop(run, "a newer run of this secret is due");
            }
            newer = run.run().when();
        }
        dump.ifPresent(Runnable::run);
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

    /**
     * Drops a run that isn't made.
     *
     * @param newer the instant of the newer run that was decided about before; now if there is none
     */
    private void drop(PendingRun run, RunDecision decision, Instant newer, Instant now) {
        reschedule(run, decision);
        if (decision instanceof RunDecision.Missed missed
                && jobs.lastFailure(run).isEmpty()) {
            miss(run, missed, later(run, missed, newer, now));
        } else {
            drop(run, decision.reason());
        }
    }

    /** Returns the runs after a missed one that were missed in the same break: nothing has scheduled them. */
    private static List<Instant> later(PendingRun run, RunDecision.Missed missed, Instant newer, Instant now) {
        return missed.secret().tags().flatMap(SecretTags::schedule).stream()
                .flatMap(schedule ->
                        schedule.upcoming(run.run().secretId(), run.run().when(), MOST_LATER).stream())
                .map(ZonedDateTime::toInstant)
                .takeWhile(
                        due -> due.isBefore(newer) && !due.plus(missed.window()).isAfter(now))
                .toList();
    }

    /**
     * Reschedules before the dump, so that a failed dump doesn't cost the next run. A failure here doesn't stop
     * the dump.
     */
    private void reschedule(PendingRun run, RunDecision decision) {
        decision.secret()
                .found()
                .map(autoDump::reschedule)
                .flatMap(SecretOutcome::failure)
                .ifPresent(failure -> {
                    exitStatus.note(ErrorCategory.INFRASTRUCTURE);
                    journal.error(run.run().secretName(), "trouble", "the next run couldn't be scheduled: " + failure);
                });
    }

    /** Ends a run that isn't made. If an earlier attempt failed, records that failure, so that its code isn't lost. */
    private void drop(PendingRun run, String reason) {
        Optional<RunEnd> failure = jobs.lastFailure(run);
        if (failure.isPresent()) {
            giveUp(run, failure.get(), reason);
        } else {
            supersede(run, reason);
        }
    }

    private void supersede(PendingRun run, String reason) {
        journal.info(
                run.run().secretName(), "superseded", "the run of " + run.run().when() + " is dropped: " + reason);
        jobs.end(run, RunEnd.superseded(reason));
    }

    private void giveUp(PendingRun run, RunEnd failure, String reason) {
        String words = "no further attempt at the run of " + run.run().when() + ": " + reason;
        journal.error(run.run().secretName(), "failed", words);
        jobs.end(run, new RunEnd(failure.status(), failure.code(), failure.detail() + System.lineSeparator() + words));
    }

    private void miss(PendingRun pending, RunDecision.Missed missed, List<Instant> later) {
        ScheduledRun run = pending.run();
        List<Instant> all = Stream.concat(Stream.of(run.when()), later.stream()).toList();
        missed.secret().found().ifPresent(secret -> Monitoring.of(autoDump).recordMissed(secret, all, missed.reason()));
        exitStatus.note(ErrorCategory.OPERATOR);
        String others = later.isEmpty()
                ? ""
                : ", and so "
                        + (later.size() == 1 ? "was 1 later one" : "were " + later.size() + " later ones")
                        + ", until " + later.get(later.size() - 1);
        journal.error(
                run.secretName(),
                "missed",
                "the run of " + run.when() + " was missed" + others + ": " + missed.reason() + "; there is no dump"
                        + System.lineSeparator()
                        + "HINT: keep the scheduler running, widen autodump:catch-up, or " + Hints.DUMP_NOW + " "
                        + run.secretName());
        // Publish before recording: after a crash in between, the event is published twice instead of never.
        events.publish(new DumpEvent.Missed(run.secretName(), run.when(), later.size()));
        jobs.end(pending, RunEnd.missed(missed.reason()));
    }

    private static String topic(PendingRun run) {
        return "run " + run.name();
    }
}
