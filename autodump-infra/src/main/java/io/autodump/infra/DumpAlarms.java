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

/**
 * The alarms. {@code docs/operations.md} says for each what it means and what to do. One problem sends one mail: if
 * something else reports a problem, its alarm is only on the dashboard.
 */
final class DumpAlarms extends Construct {
    private static final Duration SOON = Duration.minutes(5);

    private final IAlarmAction action;
    private final List<Alarm> alarms = new ArrayList<>();

    /** Whether an alarm notifies the topic. */
    private enum Tells {
        /** When it goes off and when it is over. */
        BEGIN_AND_END,
        /** When it goes off. */
        BEGIN,
        /** Never: something else notifies the topic. The alarm is only on the dashboard. */
        NOBODY
    }

    /** The state machines of a deployment. */
    record Machines(StateMachine runs, StateMachine restores, StateMachine drills) {}

    DumpAlarms(
            Construct scope,
            AutoDumpProps props,
            Notifications notifications,
            LambdaFunctions functions,
            OutcomeFunctions outcomes,
            Machines machines,
            Queue deadLetters) {
        super(scope, "Alarms");
        action = notifications.alarmAction();
        Duration twoScans = Duration.minutes(twoScans(props).toMinutes());
        ofDumps(functions, twoScans);
        ofTags(twoScans);
        // The state machine reports each run that failed to the notification topic, with its reason.
        Tells failures = props.alarmTopic().isPresent() ? Tells.BEGIN_AND_END : Tells.NOBODY;
        ofRuns(machines.runs(), failures);
        any("RestoresFailed", "A restore failed", machines.restores().metricFailed(options("Sum", SOON)), failures);
        any("DrillsFailed", "A restore drill failed", machines.drills().metricFailed(options("Sum", SOON)), failures);
        ofFunctions(functions, twoScans);
        // The message about the run is sent all the same.
        errors("Record", outcomes.record(), SOON, Tells.BEGIN_AND_END);
        errors("Prune", outcomes.prune(), SOON, Tells.BEGIN_AND_END);
        any(
                "DeadLetters",
                "EventBridge couldn't deliver an event, which is in the dead-letter queue",
                deadLetters.metricApproximateNumberOfMessagesVisible(options("Maximum", SOON)),
                Tells.BEGIN_AND_END);
    }

    List<Alarm> alarms() {
        return List.copyOf(alarms);
    }

    /** The scanner's alarms cover two of its intervals, so that they stay on while each scan finds the same. */
    private static java.time.Duration twoScans(AutoDumpProps props) {
        java.time.Duration two = props.scanInterval().multipliedBy(2);
        java.time.Duration shortest = java.time.Duration.ofMinutes(30);
        return two.compareTo(shortest) < 0 ? shortest : two;
    }

    private void ofDumps(LambdaFunctions functions, Duration twoScans) {
        any(
                "DumpsFailed",
                "An attempt at a dump failed; nothing was published for it",
                autodump(MetricNames.DUMPS_FAILED, SOON),
                Tells.NOBODY);
        // Twice the interval of the check: a late check is no alarm, but a missing one is, because a check that doesn't
        // run finds nothing overdue.
        alarm(
                "OverdueDumps",
                "A database has no dump within its schedule and margin, or the check failed",
                autodump(MetricNames.OVERDUE_DUMPS, "Maximum", twoChecks()),
                ComparisonOperator.GREATER_THAN_THRESHOLD,
                0,
                TreatMissingData.BREACHING,
                Tells.BEGIN_AND_END);
        any(
                "NewlyOverdueDump",
                "One more database has no dump within its schedule and margin",
                autodump(
                        MetricNames.FURTHER_OVERDUE_DUMPS,
                        "Maximum",
                        Duration.minutes(ScanRules.FRESHNESS_INTERVAL.toMinutes())),
                Tells.BEGIN);
        alarm(
                "ScannerSilent",
                "The scanner hasn't run for twice its interval",
                functions.scanner().metricInvocations(options("Sum", twoScans)),
                ComparisonOperator.LESS_THAN_THRESHOLD,
                1,
                TreatMissingData.BREACHING,
                Tells.BEGIN_AND_END);
    }

    private void ofTags(Duration twoScans) {
        alarm(
                "SecretsWithProblems",
                "The tags of a secret have problems; the scanner's log names both",
                autodump(MetricNames.SECRETS_WITH_PROBLEMS, "Maximum", twoScans),
                ComparisonOperator.GREATER_THAN_THRESHOLD,
                0,
                // A scan that fails proves nothing about tags.
                TreatMissingData.IGNORE,
                Tells.BEGIN_AND_END);
        any(
                "OneMoreSecretWithProblems",
                "The tags of one more secret have problems; the scanner's log names both",
                autodump(MetricNames.FURTHER_SECRETS_WITH_PROBLEMS, "Maximum", SOON),
                Tells.BEGIN);
    }

    private static Duration twoChecks() {
        return Duration.minutes(ScanRules.FRESHNESS_INTERVAL.toMinutes() * 2);
    }

    private void ofRuns(StateMachine runs, Tells failures) {
        any("RunsFailed", "A run failed", runs.metricFailed(options("Sum", SOON)), failures);
        any("RunsTimedOut", "A run timed out", runs.metricTimedOut(options("Sum", SOON)), Tells.BEGIN_AND_END);
        any("RunsAborted", "Somebody stopped a run", runs.metricAborted(options("Sum", SOON)), Tells.BEGIN_AND_END);
        any(
                "RunsThrottled",
                "Step Functions slows runs down",
                runs.metricThrottled(options("Sum", SOON)),
                Tells.BEGIN_AND_END);
    }

    private void ofFunctions(LambdaFunctions functions, Duration twoScans) {
        errors("Scanner", functions.scanner(), twoScans, Tells.BEGIN_AND_END);
        // A run retries them, and is reported if it fails in the end.
        errors("Hash", functions.hash(), SOON, Tells.NOBODY);
        errors("Reschedule", functions.reschedule(), SOON, Tells.NOBODY);
        errors("Freshness", functions.freshness(), twoChecks(), Tells.BEGIN_AND_END);
        // Not the scanner: only one scan runs at a time, so an event during a scan is throttled and tried again.
        throttles("Hash", functions.hash());
        throttles("Reschedule", functions.reschedule());
        throttles("Freshness", functions.freshness());
    }

    private void errors(String name, Function function, Duration period, Tells tells) {
        any(name + "Errors", "The function " + name + " failed", function.metricErrors(options("Sum", period)), tells);
    }

    private void throttles(String name, Function function) {
        any(
                name + "Throttles",
                "The function " + name + " was throttled: the account's concurrent executions are used up",
                function.metricThrottles(options("Sum", SOON)),
                Tells.BEGIN_AND_END);
    }

    private void any(String id, String description, IMetric metric, Tells tells) {
        alarm(
                id,
                description,
                metric,
                ComparisonOperator.GREATER_THAN_THRESHOLD,
                0,
                TreatMissingData.NOT_BREACHING,
                tells);
    }

    private void alarm(
            String id,
            String description,
            IMetric metric,
            ComparisonOperator comparison,
            int threshold,
            TreatMissingData missing,
            Tells tells) {
        Alarm alarm = Alarm.Builder.create(this, id)
                .alarmDescription("AutoDump: " + description + ". See \"" + id + "\" in docs/operations.md")
                .metric(metric)
                .comparisonOperator(comparison)
                .threshold(threshold)
                .evaluationPeriods(1)
                .treatMissingData(missing)
                .build();
        if (tells != Tells.NOBODY) {
            alarm.addAlarmAction(action);
        }
        if (tells == Tells.BEGIN_AND_END) {
            alarm.addOkAction(action);
        }
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
