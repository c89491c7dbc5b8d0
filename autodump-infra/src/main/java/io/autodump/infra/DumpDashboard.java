package io.autodump.infra;

import io.autodump.core.contract.MetricNames;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.constructs.Construct;

/** One page with alarms, outcomes, durations, sizes and ages of dumps. */
final class DumpDashboard extends Construct {
    private static final int WIDTH = 12;
    private static final Duration HOUR = Duration.hours(1);

    private final Dashboard dashboard;

    DumpDashboard(Construct scope, DumpAlarms alarms) {
        super(scope, "Dashboard");
        dashboard = Dashboard.Builder.create(this, "Dashboard").build();
        dashboard.addWidgets(AlarmStatusWidget.Builder.create()
                .title("Alarms")
                .alarms(alarms.alarms())
                .width(2 * WIDTH)
                .height(4)
                .build());
        dashboard.addWidgets(
                graph(
                        "Dumps",
                        DumpAlarms.autodump(MetricNames.DUMPS_SUCCEEDED, HOUR),
                        DumpAlarms.autodump(MetricNames.DUMPS_FAILED, HOUR)),
                graph("Overdue dumps", DumpAlarms.autodump(MetricNames.OVERDUE_DUMPS, "Maximum", HOUR)));
        dashboard.addWidgets(
                graph("Duration of a dump, seconds", bySecret(MetricNames.DUMP_DURATION, "Maximum")),
                graph("Stored bytes of a dump", bySecret(MetricNames.STORED_BYTES, "Maximum")));
        dashboard.addWidgets(
                graph("Age of the newest dump, seconds", bySecret(MetricNames.NEWEST_DUMP_AGE, "Maximum")),
                graph("Stored bytes in all", DumpAlarms.autodump(MetricNames.STORED_BYTES, HOUR)));
    }

    String name() {
        return dashboard.getDashboardName();
    }

    private static GraphWidget graph(String title, IMetric... metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(List.of(metrics))
                .width(WIDTH)
                .build();
    }

    /** A line for each secret, including secrets that are added later. */
    private static MathExpression bySecret(String metric, String statistic) {
        return MathExpression.Builder.create()
                .expression("SEARCH('{" + MetricNames.NAMESPACE + "," + MetricNames.SECRET + "} MetricName=\"" + metric
                        + "\"', '" + statistic + "', " + HOUR.toSeconds() + ")")
                .usingMetrics(Map.of())
                .label("")
                .period(HOUR)
                .build();
    }
}
