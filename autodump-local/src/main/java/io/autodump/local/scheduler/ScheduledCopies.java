package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.DumpCopies;
import io.autodump.core.copy.CopyItem;
import io.autodump.core.copy.CopyListener;
import io.autodump.core.copy.CopyReport;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.DumpProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Copies dumps to other stores, one at a time: after each dump, and whatever lacks its copy at the start and once an
 * hour. A dump never waits for a copy, and a copy that fails is a warning. Thread-safe, except {@link #take}.
 */
final class ScheduledCopies {
    static final Duration CATCH_UP_EVERY = Duration.ofHours(1);

    private final DumpCopies copies;
    private final Journal journal;
    private final Executor worker;
    private final Runnable onEnd;
    private final AtomicInteger underWay = new AtomicInteger();
    private Instant lastCatchUp = Instant.MIN;
    private volatile boolean stopping;

    /**
     * Starts idle.
     *
     * @param autoDump names the stores; without any, nothing is copied
     * @param worker makes the copies
     * @param onEnd called after each task
     */
    ScheduledCopies(AutoDump autoDump, Journal journal, Executor worker, Runnable onEnd) {
        this.copies = DumpCopies.of(autoDump);
        this.journal = journal;
        this.worker = worker;
        this.onEnd = onEnd;
    }

    boolean isIdle() {
        return underWay.get() == 0;
    }

    /** From now on, no copy starts. */
    void stop() {
        stopping = true;
    }

    /** Copies the dumps of a run, and earlier dumps of the same databases that lack their copy. */
    void after(ScheduledRun run, List<DumpManifest> dumps) {
        if (!dumps.isEmpty()) {
            submit(() -> copy(run, dumps));
        }
    }

    /** Copies whatever lacks its copy, if an hour has passed and nothing is being copied. */
    void take(Instant now) {
        boolean due = lastCatchUp.equals(Instant.MIN)
                || now.isBefore(lastCatchUp)
                || !now.isBefore(lastCatchUp.plus(CATCH_UP_EVERY));
        if (due && isIdle()) {
            lastCatchUp = now;
            submit(() -> copies.copy(List.of(), new Logging()).forEach(this::log));
        }
    }

    private void submit(Runnable work) {
        if (copies.stores().isEmpty()) {
            return;
        }
        underWay.incrementAndGet();
        worker.execute(() -> {
            try {
                if (!stopping) {
                    work.run();
                }
            } catch (AutoDumpException failed) {
                warn("", failed.report());
            } catch (RuntimeException fault) {
                warn("", ErrorCode.INTERNAL.id() + " " + fault);
            } finally {
                underWay.decrementAndGet();
                onEnd.run();
            }
        });
    }

    private void copy(ScheduledRun run, List<DumpManifest> dumps) {
        copies.copyAfter(dumps, new Logging()).forEach(this::log);
        for (String store : copies.stores()) {
            new PruneAfterDump(copies.at(store), journal).after(run, dumps.get(0));
        }
    }

    /** A store that can't be used is said once, not every hour; the failures of single copies were logged already. */
    private void log(CopyReport report) {
        String topic = "copies to " + report.store();
        boolean known = report.items().stream().anyMatch(item -> item.failure().equals(report.failure()));
        if (report.failure().isEmpty()) {
            journal.settled(topic);
        } else if (!known && !stopping) {
            String text = "dumps couldn't be copied to " + report.store() + ": "
                    + report.failure().get().report();
            journal.onChange(topic, LogEntry.Level.WARNING, "", "copy-failed", text);
        }
    }

    private void warn(String secret, String report) {
        if (stopping) {
            journal.warning(secret, "copy-failed", "a copy was stopped; nothing of it is left, and it is made later");
        } else {
            journal.warning(secret, "copy-failed", report);
        }
    }

    /** Logs what is copied. Belongs to one thread. */
    private final class Logging implements CopyListener {
        private String secret = "";

        @Override
        public DumpProgress begins(String store, DumpManifest dump) {
            secret = dump.secretName();
            return DumpProgress.SILENT;
        }

        @Override
        public void ended(String store, CopyItem item) {
            DumpKey key = item.key();
            if (item.failure().isEmpty()) {
                LogDetails details = LogDetails.NONE.dump(key, item.storedBytes());
                journal.info(secret, "copied", "copied to " + store + ": " + key, details);
            } else {
                warn(
                        secret,
                        key + " wasn't copied to " + store + ": "
                                + item.failure().get().report());
            }
        }
    }
}
