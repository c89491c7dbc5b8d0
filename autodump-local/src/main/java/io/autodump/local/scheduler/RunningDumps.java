package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.DumpOutcome;
import io.autodump.core.dump.NotIncluded;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Hints;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.secret.SecretId;
import io.autodump.core.usecase.dump.RunOutcome;
import io.autodump.local.run.FileRunScheduler;
import io.autodump.local.run.PendingRun;
import io.autodump.local.run.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the dumps of runs, at most one per secret at a time, and records their ends. A failed attempt is repeated after
 * {@link #RETRY_AFTER}, unless only the owner of the secret can fix the cause (category {@code CALLER}) or the catch-up
 * window is over by then. A new process counts attempts from the start. Thread-safe.
 */
final class RunningDumps {
    /** The waits before the second and the third attempt, which is the last. */
    static final List<Duration> RETRY_AFTER = List.of(Duration.ofMinutes(5), Duration.ofMinutes(15));

    private final AutoDump autoDump;
    private final FileRunScheduler runs;
    private final InstantSource clock;
    private final Journal journal;
    private final ExitStatus exitStatus;
    private final Executor workers;
    private final Function<PendingRun, DumpProgress> progress;
    private final Runnable onEnd;
    private final PruneAfterDump pruning;
    private final ScheduledCopies copies;

    private final Set<SecretId> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final Map<String, RunEnd> failures = new ConcurrentHashMap<>();
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
    private volatile @Nullable Error fatal;
    private volatile boolean stopping;
    private volatile boolean retrying = true;

    /**
     * Starts idle.
     *
     * @param copies copies each dump that was made
     * @param workers run the dumps
     * @param onEnd called after each attempt, whether it succeeded or not
     */
    RunningDumps(
            AutoDump autoDump,
            ScheduledCopies copies,
            FileRunScheduler runs,
            InstantSource clock,
            Journal journal,
            ExitStatus exitStatus,
            Executor workers,
            Function<PendingRun, DumpProgress> progress,
            Runnable onEnd) {
        this.autoDump = autoDump;
        this.runs = runs;
        this.clock = clock;
        this.journal = journal;
        this.exitStatus = exitStatus;
        this.workers = workers;
        this.progress = progress;
        this.onEnd = onEnd;
        this.copies = copies;
        this.pruning = new PruneAfterDump(autoDump, journal);
    }

    /** The secrets that have a dump which runs or is queued. */
    Set<SecretId> busy() {
        return Set.copyOf(busy);
    }

    boolean isIdle() {
        return busy.isEmpty();
    }

    /** When the next attempt at a failed run may begin; empty if the run may begin at once. */
    Optional<Instant> restsUntil(PendingRun run) {
        return Optional.ofNullable(notBefore.get(run.name()));
    }

    /** The failure of the last attempt at a run; empty if there was none since the process started. */
    Optional<RunEnd> lastFailure(PendingRun run) {
        return Optional.ofNullable(failures.get(run.name()));
    }

    /** From now on, failed attempts aren't repeated. */
    void giveUpAtOnce() {
        retrying = false;
    }

    /** From now on, no dump starts. Runs whose dump doesn't finish keep waiting. */
    void stop() {
        stopping = true;
    }

    /** Throws the {@link Error} that ended a worker, such as a lack of memory; returns if there was none. */
    void rethrowFatal() {
        @Nullable Error error = fatal;
        if (error != null) {
            throw error;
        }
    }

    /**
     * Makes the dump of a run as soon as a worker is free.
     *
     * @param deadline no further attempt begins at or after it
     */
    void submit(PendingRun run, Instant deadline) {
        busy.add(run.run().secretId());
        workers.execute(() -> {
            try {
                if (!stopping) {
                    attempt(run, deadline);
                }
            } catch (Error error) {
                fatal = error;
            } finally {
                busy.remove(run.run().secretId());
                onEnd.run();
            }
        });
    }

    private void attempt(PendingRun run, Instant deadline) {
        String secret = run.run().secretName();
        LogDetails details = LogDetails.ofRun(run.run().when());
        journal.info(
                secret, "started", "dump started for the run of " + run.run().when(), details);
        try {
            RunOutcome outcome =
                    autoDump.dumpAll(run.run().secretId(), run.run().when(), progress.apply(run));
            for (DumpOutcome dump : outcome.dumps()) {
                DumpManifest manifest = dump.manifest();
                journal.info(
                        secret,
                        "succeeded",
                        "dump finished: " + what(dump),
                        details.dump(manifest.key(), manifest.storedBytes()));
                warn(secret, manifest);
            }
            copies.after(run.run(), outcome.manifests());
            outcome.requireAll();
            end(
                    run,
                    RunEnd.succeeded(
                            outcome.dumps().stream().map(RunningDumps::what).collect(Collectors.joining("; "))));
            outcome.manifests().stream().findFirst().ifPresent(manifest -> pruning.after(run.run(), manifest));
        } catch (AutoDumpException failed) {
            failed(run, deadline, details.failed(failed), failed.report());
        } catch (RuntimeException fault) {
            failed(
                    run,
                    deadline,
                    details.failed(ErrorCode.INTERNAL, Optional.empty()),
                    ErrorCode.INTERNAL.id() + " " + fault);
        }
    }

    private static String what(DumpOutcome outcome) {
        return outcome.manifest().key() + ", " + outcome.manifest().storedBytes() + " bytes"
                + (outcome.alreadyThere() ? " (an earlier attempt had finished it)" : "");
    }

    private void warn(String secret, DumpManifest manifest) {
        manifest.warnings().forEach(warning -> journal.warning(secret, "dump-warning", warning));
        manifest.suspicions()
                .forEach(suspicion -> journal.warning(
                        secret,
                        "suspicious",
                        suspicion + System.lineSeparator() + "HINT: if that is right, " + Hints.ACKNOWLEDGE_DUMP + " "
                                + manifest.key()));
        if (!manifest.notIncluded().isEmpty()) {
            journal.warning(
                    secret,
                    "not-included",
                    manifest.notIncluded().stream()
                            .map(NotIncluded::toString)
                            .collect(Collectors.joining("\n", "not in the dump:\n", "")));
        }
    }

    private void failed(PendingRun run, Instant deadline, LogDetails details, String report) {
        ErrorCode code = details.code().orElse(ErrorCode.INTERNAL);
        String secret = run.run().secretName();
        if (stopping) {
            journal.warning(
                    secret,
                    "interrupted",
                    "the dump was stopped; nothing was published, its run waits for the next start");
            return;
        }
        exitStatus.note(code.category());
        int attempt = attempts.merge(run.name(), 1, Integer::sum);
        Optional<Instant> next = nextAttempt(attempt, code.category()).filter(again -> again.isBefore(deadline));
        if (next.isPresent()) {
            failures.put(run.name(), RunEnd.failed(code, report));
            journal.error(
                    secret,
                    "retry",
                    report + System.lineSeparator() + "the next attempt is at "
                            + next.get().truncatedTo(ChronoUnit.SECONDS),
                    details);
            notBefore.put(run.name(), next.get());
            return;
        }
        journal.error(
                secret,
                "failed",
                report + System.lineSeparator() + "no further attempt at the run of "
                        + run.run().when(),
                details);
        end(run, RunEnd.failed(code, report));
    }

    private Optional<Instant> nextAttempt(int attempt, ErrorCategory category) {
        boolean mayPass = category != ErrorCategory.CALLER && category != ErrorCategory.AUTODUMP;
        return retrying && mayPass && attempt <= RETRY_AFTER.size()
                ? Optional.of(clock.instant().plus(RETRY_AFTER.get(attempt - 1)))
                : Optional.empty();
    }

    /**
     * Records the end of a run. If that fails, the run keeps waiting and rests for a while, so that it isn't repeated
     * at once.
     */
    void end(PendingRun run, RunEnd end) {
        try {
            runs.end(run, end);
            notBefore.remove(run.name());
            attempts.remove(run.name());
            failures.remove(run.name());
        } catch (AutoDumpException failed) {
            exitStatus.note(failed.code().category());
            journal.error(run.run().secretName(), "trouble", failed.report());
            notBefore.put(run.name(), clock.instant().plus(RETRY_AFTER.get(0)));
        }
    }
}
