package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpEvents;
import io.autodump.core.schedule.DumpSchedule;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.schedule.HashCheck;
import io.autodump.core.usecase.schedule.SecretOutcome;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.run.PendingRun;
import io.autodump.local.run.PendingRuns;
import io.autodump.local.run.RunEnd;
import io.autodump.local.secret.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides about every run that is due: it isn't wanted any more, it comes too late, or it is made. Of several runs of one
 * secret that are due at once only the newest is made. Used by one thread.
 */
final class DueRuns {
    /** A run that is taken up so soon is on time, whatever the catch-up window says. */
    static final Duration ON_TIME = Duration.ofMinutes(1);

    private static final Comparator<PendingRun> NEWEST_FIRST = Comparator.comparing(
                    (PendingRun run) -> run.run().when())
            .thenComparing(run -> run.run().tagsHash().value())
            .thenComparing(PendingRun::name)
            .reversed();

    private final AutoDump autoDump;
    private final Secrets secrets;
    private final FileRunScheduler runs;
    private final RunningDumps jobs;
    private final DumpEvents events;
    private final Journal journal;
    private final ExitStatus exitStatus;

    DueRuns(
            AutoDump autoDump,
            Secrets secrets,
            FileRunScheduler runs,
            RunningDumps jobs,
            DumpEvents events,
            Journal journal,
            ExitStatus exitStatus) {
        this.autoDump = autoDump;
        this.secrets = secrets;
        this.runs = runs;
        this.jobs = jobs;
        this.events = events;
        this.journal = journal;
        this.exitStatus = exitStatus;
    }

    /**
     * Deals with all that is due.
     *
     * @return when something is due next; empty if nothing waits. What is due already and had to be left waits for the end
     *     of a dump, or for the next look.
     */
    Optional<Instant> take(Instant now) {
        PendingRuns pending = runs.pending();
        for (Problem unreadable : pending.unreadable()) {
            exitStatus.note(ErrorCategory.INFRASTRUCTURE);
            journal.error("", "trouble", unreadable.toString());
        }
        Map<SecretId, TreeSet<PendingRun>> due = new LinkedHashMap<>();
        for (PendingRun run : pending.runs()) {
            if (!run.run().when().isAfter(now)) {
                due.computeIfAbsent(run.run().secretId(), id -> new TreeSet<>(NEWEST_FIRST))
                        .add(run);
            }
        }
        due.forEach((secret, ofSecret) -> {
            if (!jobs.isBusy(secret)) {
                decide(secret, List.copyOf(ofSecret), now);
            }
        });
        return next(pending, now);
    }

    private Optional<Instant> next(PendingRuns pending, Instant now) {
        return pending.runs().stream()
                .map(run -> jobs.restsUntil(run).orElse(run.run().when()))
                .filter(instant -> instant.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    private void decide(SecretId secret, List<PendingRun> newestFirst, Instant now) {
        boolean taken = false;
        for (PendingRun run : newestFirst) {
            if (taken) {
                supersede(run, "a newer run of this secret is due");
            } else if (jobs.restsUntil(run).filter(now::isBefore).isPresent()) {
                return;
            } else {
                Optional<Boolean> decided = decide(secret, run, now);
                if (decided.isEmpty()) {
                    return;
                }
                taken = decided.get();
            }
        }
    }

    /** Whether the run is made now; empty if that can't be told yet, and then nothing has changed. */
    private Optional<Boolean> decide(SecretId secret, PendingRun run, Instant now) {
        HashCheck check;
        Duration window;
        try {
            check = autoDump.checkTagsHash(secret, run.run().tagsHash());
            window = window(secret);
        } catch (AutoDumpException unknown) {
            exitStatus.note(unknown.code().category());
            String text = "the run of " + run.run().when() + " waits on: " + unknown.report();
            journal.onChange(topic(run), LogEntry.Level.ERROR, run.run().secretName(), "trouble", text);
            return Optional.empty();
        }
        journal.settled(topic(run));
        reschedule(run);
        if (!check.execute()) {
            supersede(run, check.reason());
            return Optional.of(false);
        }
        Instant deadline = run.run().when().plus(window);
        if (!now.isBefore(deadline)) {
            miss(run, window);
            return Optional.of(false);
        }
        jobs.submit(run, deadline);
        return Optional.of(true);
    }

    /** How late a run may be; the default's for a secret whose tags can't be used, which the dump itself will report. */
    private Duration window(SecretId id) {
        Duration catchUp;
        try {
            catchUp = secrets.find(id)
                    .flatMap(secret ->
                            SecretTags.parse(secret.name(), secret.tags()).schedule())
                    .map(DumpSchedule::catchUp)
                    .orElse(DumpSchedule.DEFAULT_CATCH_UP);
        } catch (InvalidInputException invalidNow) {
            catchUp = DumpSchedule.DEFAULT_CATCH_UP;
        }
        return catchUp.compareTo(ON_TIME) < 0 ? ON_TIME : catchUp;
    }

    /** The next run comes first, so that no failure of this one can cost it; and its own failure doesn't cost this one. */
    private void reschedule(PendingRun run) {
        String secret = run.run().secretName();
        try {
            SecretOutcome outcome = autoDump.reschedule(run.run().secretId());
            outcome.failure().ifPresent(failure -> {
                exitStatus.note(ErrorCategory.INFRASTRUCTURE);
                journal.error(secret, "trouble", "the next run couldn't be scheduled: " + failure);
            });
        } catch (AutoDumpException failed) {
            exitStatus.note(failed.code().category());
            journal.error(secret, "trouble", "the next run couldn't be scheduled: " + failed.report());
        }
    }

    private void supersede(PendingRun run, String reason) {
        journal.info(
                run.run().secretName(), "superseded", "the run of " + run.run().when() + " isn't made: " + reason);
        jobs.end(run, RunEnd.superseded(reason));
    }

    private void miss(PendingRun pending, Duration window) {
        ScheduledRun run = pending.run();
        exitStatus.note(ErrorCategory.OPERATOR);
        journal.error(
                run.secretName(),
                "missed",
                "the run of " + run.when() + " was missed, and its catch-up window (" + window
                        + ") is over; there is no dump" + System.lineSeparator()
                        + "HINT: keep the scheduler running, widen autodump:catch-up, or dump now: autodump dump "
                        + run.secretName());
        // Told before it is recorded: after a crash in between it is told twice, and never not at all.
        events.publish(new DumpEvent.Missed(run.secretName(), run.when()));
        jobs.end(pending, RunEnd.missed("the catch-up window of " + window + " was over"));
    }

    private static String topic(PendingRun run) {
        return "run " + run.name();
    }
}
