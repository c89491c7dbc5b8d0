package io.autodump.infra;

import io.autodump.core.contract.MetricNames;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** The alarms. {@code docs/operations.md} says for each what it means and what to do. */
final class DumpAlarms extends Construct {
    private static final Duration SOON = Duration.minutes(5);

    private final IAlarmAction action;
    private final List<Alarm> alarms = new ArrayList<>();

    DumpAlarms(
            Construct scope,
            AutoDumpProps props,
            Notifications notifications,
            LambdaFunctions functions,
            StateMachine runs,
            Queue deadLetters) {
        super(scope, "Alarms");
        action = notifications.alarmAction();
        ofDumps(props, functions);
        ofRuns(runs);
        ofFunctions(functions);
        any(
                "DeadLetters",
                "An event or a scan failed for good and is in the dead-letter queue",
                deadLetters.metricApproximateNumberOfMessagesVisible(options("Maximum", SOON)));
    }

    List<Alarm> alarms() {
        return List.copyOf(alarms);
    }

    private void ofDumps(AutoDumpProps props, LambdaFunctions functions) {
        any("DumpsFailed", "A dump failed; nothing was published for it", autodump(MetricNames.DUMPS_FAILED, SOON));
        // Twice the interval of the check: a late check is no alarm, but a missing one is, because a check that doesn't
        // run finds nothing overdue.
        alarm(
                "OverdueDumps",
                "A database has no dump within its schedule and margin, or the check failed",
                autodump(
                        MetricNames.OVERDUE_DUMPS,
                        "Maximum",
                        Duration.minutes(ScanRules.FRESHNESS_INTERVAL.toMinutes() * 2)),
                ComparisonOperator.GREATER_THAN_THRESHOLD,
                0,
                TreatMissingData.BREACHING);
        any(
                "NewlyOverdueDump",
                "One more database has no dump within its schedule and margin",
                autodump(
                        MetricNames.NEWLY_OVERDUE_DUMPS,
                        "Maximum",
                        Duration.minutes(ScanRules.FRESHNESS_INTERVAL.toMinutes())));
        java.time.Duration silence = props.scanInterval().multipliedBy(2);
        java.time.Duration shortest = java.time.Duration.ofMinutes(30);
        alarm(
                "ScannerSilent",
                "The scanner hasn't run for twice its interval",
                functions
                        .scanner()
                        .metricInvocations(options(
                                "Sum",
                                Duration.minutes((silence.compareTo(shortest) < 0 ? shortest : silence).toMinutes()))),
                ComparisonOperator.LESS_THAN_THRESHOLD,
                1,
                TreatMissingData.BREACHING);
    }

    private void ofRuns(StateMachine runs) {
        any("RunsFailed", "A run failed", runs.metricFailed(options("Sum", SOON)));
        any("RunsTimedOut", "A run timed out", runs.metricTimedOut(options("Sum", SOON)));
        any("RunsAborted", "Somebody stopped a run", runs.metricAborted(options("Sum", SOON)));
        any("RunsThrottled", "Step Functions slows runs down", runs.metricThrottled(options("Sum", SOON)));
    }

    private void ofFunctions(LambdaFunctions functions) {
        errors("Scanner", functions.scanner());
        errors("Hash", functions.hash());
        errors("Reschedule", functions.reschedule());
        errors("Freshness", functions.freshness());
        // Not the scanner: only one scan runs at a time, so an event during a scan is throttled and tried again.
        throttles("Hash", functions.hash());
        throttles("Reschedule", functions.reschedule());
        throttles("Freshness", functions.freshness());
    }

    private void errors(String name, Function function) {
        any(name + "Errors", "The function " + name + " failed", function.metricErrors(options("Sum", SOON)));
    }

    private void throttles(String name, Function function) {
        any(
                name + "Throttles",
                "The function " + name + " was throttled: the account's concurrent executions are used up",
                function.metricThrottles(options("Sum", SOON)));
    }

    private void any(String id, String description, IMetric metric) {
        alarm(id, description, metric, ComparisonOperator.GREATER_THAN_THRESHOLD, 0, TreatMissingData.NOT_BREACHING);
    }

    private void alarm(
            String id,
            String description,
            IMetric metric,
            ComparisonOperator comparison,
            int threshold,
            TreatMissingData missing) {
        Alarm alarm = Alarm.Builder.create(this, id)
                .alarmDescription("AutoDump: " + description + ". See \"" + id + "\" in docs/operations.md")
                .metric(metric)
                .comparisonOperator(comparison)
                .threshold(threshold)
                .evaluationPeriods(1)
                .treatMissingData(missing)
                .build();
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
        alarms.add(alarm);
    }

    static Metric autodump(String name, Duration period) {
        return autodump(name, "Sum", period);
    }

    static Metric autodump(String name, String statistic, Duration period) {
        return Metric.Builder.create()
                .namespace(MetricNames.NAMESPACE)
                .metricName(name)
                .statistic(statistic)
                .period(period)
                .build();
    }

    private static MetricOptions options(String statistic, Duration period) {
        return MetricOptions.builder().statistic(statistic).period(period).build();
    }
}
