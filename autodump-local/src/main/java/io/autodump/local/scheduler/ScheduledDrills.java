package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.drill.DrillOptions;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.record.Attestation;
import io.autodump.core.secret.TaggedSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Makes a restore drill of a secret's newest dump when its tag {@code autodump:drill} says so, one drill after another.
 * Of several due times that passed meanwhile only the newest counts. A failed drill isn't repeated before the next due
 * time. Thread-safe, except {@link #take}.
 */
final class ScheduledDrills {
    private final AutoDump autoDump;
    private final SeenSecrets secrets;
    private final Optional<Function<String, DrillOptions>> options;
    private final DrillTimes times;
    private final Journal journal;
    private final ExitStatus exitStatus;
    private final Executor worker;
    private final Runnable onEnd;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean stopping;

    /**
     * Starts idle.
     *
     * @param options how drills are made, by the name of the secret; empty if this scheduler makes none
     * @param worker makes the drills
     * @param onEnd called after each drill
     */
    ScheduledDrills(
            LocalScheduler.Parts parts,
            Optional<Function<String, DrillOptions>> options,
            Journal journal,
            ExitStatus exitStatus,
            Executor worker,
            Runnable onEnd) {
        this.autoDump = parts.autoDump();
        this.secrets = parts.seen();
        this.options = options;
        this.times = new DrillTimes(parts.runs().stateFolder());
        this.journal = journal;
        this.exitStatus = exitStatus;
        this.worker = worker;
        this.onEnd = onEnd;
    }

    boolean isIdle() {
        return underWay.get() == 0;
    }

    /** From now on, no drill starts. */
    void stop() {
        stopping = true;
    }

    /** Starts every drill that is due. */
    void take(Instant now) {
        for (TaggedSecret secret : secrets.seen()) {
            SecretTags tags = SecretTags.read(secret.tags());
            if (!tags.paused() && tags.dumpedIn(secret).isEmpty()) {
                tags.drillSchedule(Duration.ZERO)
                        .flatMap(times -> times.previous(secret.id(), now))
                        .ifPresent(due -> take(secret.name(), due));
            }
        }
    }

    private void take(String secret, Instant due) {
        if (options.isEmpty()) {
            journal.onChange(
                    "drills of " + secret,
                    LogEntry.Level.WARNING,
                    secret,
                    "warning",
                    "autodump:drill has no effect: this scheduler makes no restore drills");
        } else if (times.take(secret, due)) {
            underWay.incrementAndGet();
            worker.execute(() -> run(secret, due, options.get()));
        }
    }

    private void run(String secret, Instant due, Function<String, DrillOptions> optionsOf) {
        try {
            if (!stopping) {
                drill(secret, due, optionsOf);
            }
        } catch (AutoDumpException failed) {
            failed(secret, failed.code().category(), failed.report());
        } catch (RuntimeException fault) {
            failed(secret, ErrorCategory.AUTODUMP, ErrorCode.INTERNAL.id() + " " + fault);
        } finally {
            underWay.decrementAndGet();
            onEnd.run();
        }
    }

    private void drill(String secret, Instant due, Function<String, DrillOptions> optionsOf) {
        Monitoring monitoring = Monitoring.of(autoDump);
        Optional<DumpKey> latest = monitoring.latest(secret);
        if (latest.isEmpty()) {
            journal.warning(secret, "drill", "no restore drill at " + due + ": there is no dump");
            return;
        }
        journal.info(secret, "drill", "restore drill of " + latest.get() + " started");
        Attestation proof = monitoring.drill(latest.get(), optionsOf.apply(secret), DumpProgress.SILENT);
        proof.warnings().forEach(warning -> journal.warning(secret, "drill", warning));
        journal.info(
                secret,
                "proven",
                "the restore drill has proven " + proof.dump() + " in "
                        + Duration.between(proof.startedAt(), proof.finishedAt())
                                .toSeconds() + " s");
    }

    private void failed(String secret, ErrorCategory category, String report) {
        if (stopping) {
            journal.warning(secret, "drill", "the restore drill was stopped; nothing is left of it");
            return;
        }
        exitStatus.note(category);
        journal.error(secret, "drill-failed", report);
    }
}
