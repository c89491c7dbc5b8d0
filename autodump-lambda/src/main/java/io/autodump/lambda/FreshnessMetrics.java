package io.autodump.lambda;

import io.autodump.core.contract.MetricNames;
import io.autodump.core.usecase.status.FreshnessReport;
import io.autodump.core.usecase.status.SecretFreshness;
import java.time.Duration;
import java.util.Map;

/** The metrics behind the alarms and the dashboard; {@link MetricNames} has their names. */
final class FreshnessMetrics {
    private static final Duration INTERVAL = Duration.ofMinutes(MetricNames.FRESHNESS_INTERVAL_MINUTES);

    private FreshnessMetrics() {}

    /**
     * Writes the metrics of a check. A count of 0 is written too, so that the metric is missing only if the check
     * didn't run. An incomplete check proves nothing and therefore doesn't write 0.
     *
     * @param bySecret whether each secret has a metric of its own
     */
    static void write(FreshnessReport report, FunctionLog log, boolean bySecret) {
        int overdue = report.overdue().size();
        if (report.isComplete() || overdue > 0) {
            log.metrics(Map.of(), "Count", Map.of(MetricNames.OVERDUE_DUMPS, overdue));
        }
        log.metrics(Map.of(), "Count", Map.of(MetricNames.NEWLY_OVERDUE_DUMPS, report.newlyOverdue(INTERVAL)));
        log.metrics(Map.of(), "Count", Map.of(MetricNames.FURTHER_OVERDUE_DUMPS, report.furtherOverdue(INTERVAL)));
        if (bySecret) {
            report.secrets().forEach(secret -> writeAge(report, secret, log));
        }
    }

    private static void writeAge(FreshnessReport report, SecretFreshness secret, FunctionLog log) {
        secret.newestDump().ifPresent(newest -> {
            long seconds = Duration.between(newest, report.checkedAt()).toSeconds();
            log.metrics(
                    Map.of(MetricNames.SECRET, secret.secretName()),
                    "Seconds",
                    Map.of(MetricNames.NEWEST_DUMP_AGE, seconds));
        });
    }
}
