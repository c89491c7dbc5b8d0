package io.autodump.infra;

import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.MetricNames;
import io.autodump.core.contract.TagNames;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Match;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/** When the scanner and the freshness check run. */
final class ScanRules extends Construct {
    static final java.time.Duration FRESHNESS_INTERVAL =
            java.time.Duration.ofMinutes(MetricNames.FRESHNESS_INTERVAL_MINUTES);
    /** A page reads a few thousand files of a large account, so it isn't written as often as the check runs. */
    private static final java.time.Duration REPORT_INTERVAL = java.time.Duration.ofHours(1);

    private static final List<Object> AUTODUMP_TAG = List.of(Map.of("prefix", TagNames.PREFIX));

    private final IQueue deadLetters;

    ScanRules(Construct scope, AutoDumpProps props, LambdaFunctions functions, IQueue deadLetters) {
        super(scope, "Rules");
        this.deadLetters = deadLetters;
        every("Scan", props.scanInterval(), "AutoDump: scans all tagged secrets", List.of(target(functions.scanner())));
        every(
                "Freshness",
                FRESHNESS_INTERVAL,
                "AutoDump: looks for overdue dumps, and keeps the functions of runs warm",
                List.of(
                        target(functions.freshness()),
                        keepWarm(functions.hashAlias()),
                        keepWarm(functions.rescheduleAlias())));
        props.report()
                .ifPresent(page -> every(
                        "Report",
                        REPORT_INTERVAL,
                        "AutoDump: writes the page about all databases",
                        List.of(report(functions.freshness()))));
        on("TagsChanged", "AutoDump: a secret's AutoDump tags were changed", tagsChanged(), functions.scanner());
        on("SecretChanged", "AutoDump: a secret came, went or was changed", secretChanged(), functions.scanner());
    }

    private void every(String id, java.time.Duration interval, String description, List<LambdaFunction> targets) {
        Rule.Builder.create(this, id)
                .description(description)
                .schedule(Schedule.rate(Duration.minutes(interval.toMinutes())))
                .targets(targets)
                .build();
    }

    private void on(String id, String description, Map<String, Object> detail, Function function) {
        Rule.Builder.create(this, id)
                .description(description)
                .eventPattern(EventPattern.builder()
                        .source(List.of("aws.secretsmanager"))
                        .detailType(List.of("AWS API Call via CloudTrail"))
                        .detail(detail)
                        .build())
                .targets(List.of(target(function)))
                .build();
    }

    /** The events of these calls name the tags, so calls about other tags are filtered out. */
    private static Map<String, Object> tagsChanged() {
        return Map.of(
                "eventSource", List.of("secretsmanager.amazonaws.com"),
                "errorCode", Match.doesNotExist(),
                "$or",
                        List.of(
                                Map.of(
                                        "eventName", List.of("TagResource", "CreateSecret"),
                                        "requestParameters", Map.of("tags", Map.of("key", AUTODUMP_TAG))),
                                Map.of(
                                        "eventName", List.of("UntagResource"),
                                        "requestParameters", Map.of("tagKeys", AUTODUMP_TAG))));
    }

    /** The events of these calls don't name tags. The scanner reads the tags of the secret. */
    private static Map<String, Object> secretChanged() {
        return Map.of(
                "eventSource", List.of("secretsmanager.amazonaws.com"),
                "errorCode", Match.doesNotExist(),
                "eventName", List.of("UpdateSecret", "RestoreSecret", "DeleteSecret"));
    }

    /**
     * Lambda gives up the SnapStart snapshot of a version that wasn't called for 14 days, and a monthly run would
     * find it not ready. A call that is lost doesn't matter: the next one comes in 15 minutes.
     */
    private static LambdaFunction keepWarm(IFunction alias) {
        return LambdaFunction.Builder.create(alias)
                .event(RuleTargetInput.fromObject(Map.of(LambdaNames.KEEP_WARM, true)))
                .retryAttempts(0)
                .build();
    }

    private LambdaFunction target(Function function) {
        return delivered(function).build();
    }

    private LambdaFunction report(Function function) {
        return delivered(function)
                .event(RuleTargetInput.fromObject(Map.of(LambdaNames.REPORT, true)))
                .build();
    }

    /** EventBridge retries for an hour if Lambda refuses an event. Then the event goes to the queue. */
    private LambdaFunction.Builder delivered(Function function) {
        return LambdaFunction.Builder.create(function)
                .deadLetterQueue(deadLetters)
                .maxEventAge(Duration.hours(1))
                .retryAttempts(24);
    }
}
