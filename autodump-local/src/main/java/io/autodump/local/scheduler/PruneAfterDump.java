package io.autodump.local.scheduler;

import io.autodump.core.AutoDump;
import io.autodump.core.Monitoring;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.usecase.retain.PruneItem;
import io.autodump.core.usecase.retain.PruneReport;

/**
 * Deletes what the retention of a secret doesn't keep, after a good dump. A failure is a warning: the dump is there,
 * and the next dump prunes again. Thread-safe.
 */
final class PruneAfterDump {
    private final AutoDump autoDump;
    private final Journal journal;

    PruneAfterDump(AutoDump autoDump, Journal journal) {
        this.autoDump = autoDump;
        this.journal = journal;
    }

    void after(ScheduledRun run, DumpManifest dump) {
        try {
            log(run.secretName(), Monitoring.of(autoDump).pruneAfter(dump, run.secretId()));
        } catch (AutoDumpException failed) {
            warn(run.secretName(), failed.report());
        } catch (RuntimeException fault) {
            warn(run.secretName(), ErrorCode.INTERNAL.id() + " " + fault);
        }
    }

    private void log(String secret, PruneReport report) {
        report.items().stream()
                .filter(PruneItem::deleted)
                .forEach(item -> journal.info(secret, "pruned", "deleted " + item.key() + ": " + item.reason()));
        report.failure().ifPresent(failure -> warn(secret, failure.report()));
    }

    private void warn(String secret, String report) {
        journal.warning(secret, "prune-failed", "old dumps couldn't be deleted: " + report);
    }
}
