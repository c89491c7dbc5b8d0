package io.autodump.local.scheduler;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCategory;
import io.autodump.core.error.ErrorCode;
import io.autodump.local.run.FileRunScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Rounds of scanning and taking due runs. Not thread-safe, except {@link #scanNext}, which any thread may call. */
final class Rounds {
    /** No wait is longer than this, because the clock may be set and the machine suspended. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration FORGET_EVERY = Duration.ofHours(6);
    private static final String TOPIC = "round";

    private final Scans scans;
    private final DueRuns dueRuns;
    private final ScheduledDrills drills;
    private final ScheduledCopies copies;
    private final FileRunScheduler runs;
    private final InstantSource clock;
    private final Duration rescanInterval;
    private final Journal journal;
    private final ExitStatus exitStatus;
    private final AtomicBoolean scanWanted = new AtomicBoolean();
    private Instant lastScan = Instant.MIN;
    private Instant lastForgetting = Instant.MIN;

    Rounds(
            Scans scans,
            DueRuns dueRuns,
            ScheduledDrills drills,
            ScheduledCopies copies,
            FileRunScheduler runs,
            InstantSource clock,
            Duration rescanInterval,
            Journal journal,
            ExitStatus exitStatus) {
        this.scans = scans;
        this.dueRuns = dueRuns;
        this.drills = drills;
        this.copies = copies;
        this.runs = runs;
        this.clock = clock;
        this.rescanInterval = rescanInterval;
        this.journal = journal;
        this.exitStatus = exitStatus;
    }

    /** Makes the next round scan. */
    void scanNext() {
        scanWanted.set(true);
    }

    /**
     * One round: scans if a scan is due, then takes due runs.
     *
     * @return how long to wait for the next round
     */
    Duration look() {
        Instant now = clock.instant();
        if (isScanDue(now)) {
            lastScan = now;
            scans.scan();
        }
        Optional<Instant> next = dueRuns.take(now);
        drills.take(now);
        copies.take(now);
        forgetOld(now);
        Instant nextScan = now.plus(rescanInterval);
        Duration wait =
                Duration.between(clock.instant(), next.filter(nextScan::isAfter).orElse(nextScan));
        // Rounded up, so that a wait never ends just before the run is due.
        Duration rounded = wait.isNegative() ? Duration.ZERO : wait.plusMillis(1);
        return rounded.compareTo(LONGEST_WAIT) < 0 ? rounded : LONGEST_WAIT;
    }

    /** The same, but logs failures and continues after them. */
    Duration lookOrReport() {
        try {
            Duration wait = look();
            journal.settled(TOPIC);
            return wait;
        } catch (AutoDumpException failed) {
            exitStatus.note(failed.code().category());
            journal.onChange(TOPIC, LogEntry.Level.ERROR, "", "trouble", failed.report());
        } catch (RuntimeException fault) {
            exitStatus.note(ErrorCategory.AUTODUMP);
            String text = ErrorCode.INTERNAL.id() + " " + fault;
            journal.onChange(TOPIC, LogEntry.Level.ERROR, "", "trouble", text);
        }
        return LONGEST_WAIT;
    }

    /** A scan is also due if the clock was set back. */
    private boolean isScanDue(Instant now) {
        boolean wanted = scanWanted.getAndSet(false);
        return wanted
                || lastScan.equals(Instant.MIN)
                || now.isBefore(lastScan)
                || !now.isBefore(lastScan.plus(rescanInterval));
    }

    private void forgetOld(Instant now) {
        if (lastForgetting.equals(Instant.MIN) || now.isAfter(lastForgetting.plus(FORGET_EVERY))) {
            lastForgetting = now;
            runs.forgetOld();
        }
    }
}
