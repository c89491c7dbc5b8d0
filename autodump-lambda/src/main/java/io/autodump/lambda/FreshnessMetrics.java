package io.autodump.lambda;

import io.autodump.core.contract.MetricNames;
import io.autodump.core.usecase.status.FreshnessReport;
import io.autodump.core.usecase.status.SecretFreshness;
import java.time.Duration;
import java.util.Map;

/** What alarms and the dashboard are made of; {@link MetricNames} has the names. */
final class FreshnessMetrics {
    private static final Duration INTERVAL = Duration.ofMinutes(MetricNames.FRESHNESS_INTERVAL_MINUTES);

    private FreshnessMetrics() {}

    /**
     * A count of 0 is written too, so that the metric is missing only where the check wasn't made. A check that isn't
     * complete proves nothing, and so it writes no 0.
     */
    static void write(FreshnessReport report, JsonLog log) {
        int overdue = report.overdue().size();
        if (report.isComplete() || overdue > 0) {
            log.metrics(Map.of(), "Count", Map.of(MetricNames.OVERDUE_DUMPS, overdue));
        }
        log.metrics(Map.of(), "Count", Map.of(MetricNames.NEWLY_OVERDUE_DUMPS, report.newlyOverdue(INTERVAL)));
        report.secrets().forEach(secret -> writeAge(report, secret, log));
    }

    private static void writeAge(FreshnessReport report, SecretFreshness secret, JsonLog log) {
        secret.newestDump().ifPresent(newest -> {
            long seconds = Duration.between(newest, report.checkedAt()).toSeconds();
            log.metrics(
                    Map.of(MetricNames.SECRET, secret.secretName()),
                    "Seconds",
                    Map.of(MetricNames.NEWEST_DUMP_AGE, seconds));
        });
    }
}
