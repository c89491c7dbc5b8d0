package io.autodump.lambda;

import io.autodump.core.contract.MetricNames;
import io.autodump.core.usecase.schedule.ScanResult;
import io.autodump.core.usecase.schedule.SecretOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The metrics of a scan of all secrets about tags that their owners must fix. */
final class ScanMetrics {
    private ScanMetrics() {}

    /**
     * Writes how many secrets have tags with problems, and how many of them are new while others have some already. A
     * count of 0 is written too. An incomplete list proves nothing and therefore doesn't write 0.
     *
     * @param interval the time between two scans
     */
    static void write(ScanResult result, Instant now, Duration interval, FunctionLog log) {
        List<SecretOutcome> troubled = result.outcomes().stream()
                .filter(outcome -> !outcome.problems().isEmpty())
                .toList();
        if (result.isComplete() || !troubled.isEmpty()) {
            log.metrics(Map.of(), "Count", Map.of(MetricNames.SECRETS_WITH_PROBLEMS, troubled.size()));
        }
        Instant since = now.minus(interval);
        long changed = troubled.stream()
                .filter(outcome -> outcome.changedAt().filter(since::isBefore).isPresent())
                .count();
        long further = troubled.size() > changed ? changed : 0;
        log.metrics(Map.of(), "Count", Map.of(MetricNames.FURTHER_SECRETS_WITH_PROBLEMS, further));
    }
}
