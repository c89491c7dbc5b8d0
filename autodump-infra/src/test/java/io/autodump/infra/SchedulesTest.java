package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.MetricNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** When things run, what happens when they don't, and who is told. */
class SchedulesTest {
    private static final Template STANDARD = Synthesized.STANDARD.template();

    @Test
    void allSecretsAreScannedOnAnInterval() {
        STANDARD.hasResourceProperties("AWS::Events::Rule", Map.of("ScheduleExpression", "rate(15 minutes)"));
        Synthesized.EVERYTHING
                .template()
                .hasResourceProperties("AWS::Events::Rule", Map.of("ScheduleExpression", "rate(1 hour)"));
    }

    @Test
    void changedTagsAreSeenAtOnceIfTheyAreAutoDumps() {
        JsonNode detail = detail("$or");

        assertThat(detail.at("/$or/0/eventName").toString()).contains("TagResource", "CreateSecret");
        assertThat(detail.at("/$or/0/requestParameters/tags/key/0/prefix").asText())
                .isEqualTo("autodump:");
        assertThat(detail.at("/$or/1/eventName/0").asText()).isEqualTo("UntagResource");
        assertThat(detail.at("/$or/1/requestParameters/tagKeys/0/prefix").asText())
                .isEqualTo("autodump:");
    }

    @Test
    void changedSecretsAreSeenAtOnce() {
        assertThat(detail("eventName").path("eventName").toString())
                .isEqualTo("[\"UpdateSecret\",\"RestoreSecret\",\"DeleteSecret\"]");
    }

    @Test
    void callsThatFailedAndOtherSourcesAreLeftOut() {
        List<JsonNode> patterns = patterns();

        assertThat(patterns).hasSize(2).allSatisfy(pattern -> {
            assertThat(pattern.path("source").toString()).isEqualTo("[\"aws.secretsmanager\"]");
            assertThat(pattern.path("detail-type").toString()).isEqualTo("[\"AWS API Call via CloudTrail\"]");
            assertThat(pattern.at("/detail/errorCode").toString()).isEqualTo("[{\"exists\":false}]");
        });
    }

    @Test
    void atMostOneScanRunsAtATime() {
        STANDARD.hasResourceProperties(
                "AWS::Lambda::Function",
                Map.of("Handler", LambdaNames.SCANNER_HANDLER, "ReservedConcurrentExecutions", 1));
    }

    @Test
    void whatComesDuringAScanWaitsAndAScanThatFailsIsTriedAgain() {
        STANDARD.hasResourceProperties(
                "AWS::Lambda::EventInvokeConfig",
                Map.of(
                        "MaximumRetryAttempts",
                        2,
                        "MaximumEventAgeInSeconds",
                        21_600,
                        // The next scan does the same work, so a failed one needs no dead letter.
                        "DestinationConfig",
                        Match.absent()));
    }

    @Test
    void theFunctionsOfRunsAreKeptWarmSoThatAMonthlyRunFindsThemReady() {
        List<JsonNode> warm = Synthesized.STANDARD
                .resources("AWS::Events::Rule")
                .flatMap(rule -> StreamSupport.stream(rule.path("Targets").spliterator(), false))
                .filter(target -> target.path("Input").asText().equals("{\"keepWarm\":true}"))
                .toList();

        assertThat(warm)
                .hasSize(2)
                .allSatisfy(target ->
                        assertThat(target.path("Arn").path("Ref").asText()).contains("Live"));
    }

    @Test
    void thePageIsWrittenEveryHourIfItHasAKey() {
        assertThat(Synthesized.EVERYTHING
                        .resources("AWS::Events::Rule")
                        .filter(rule -> rule.at("/Targets/0/Input").asText().equals("{\"report\":true}")))
                .singleElement()
                .satisfies(rule ->
                        assertThat(rule.path("ScheduleExpression").asText()).isEqualTo("rate(1 hour)"));
        Synthesized.EVERYTHING
                .template()
                .hasResourceProperties(
                        "AWS::Lambda::Function",
                        Map.of(
                                "Handler",
                                LambdaNames.FRESHNESS_HANDLER,
                                "Environment",
                                Match.objectLike(Map.of(
                                        "Variables",
                                        Match.objectLike(Map.of(LambdaNames.REPORT_KEY, "autodump.html"))))));
    }

    @Test
    void anEventThatCantBeDeliveredIsKept() {
        assertThat(Synthesized.STANDARD.resources("AWS::Events::Rule"))
                .hasSize(4)
                .allSatisfy(rule -> {
                    assertThat(rule.at("/Targets/0/DeadLetterConfig/Arn").isMissingNode())
                            .isFalse();
                    assertThat(rule.at("/Targets/0/RetryPolicy/MaximumRetryAttempts")
                                    .asInt())
                            .isPositive();
                });
        STANDARD.hasResourceProperties(
                "AWS::SQS::Queue", Map.of("SqsManagedSseEnabled", true, "MessageRetentionPeriod", 1_209_600));
    }

    @Test
    void aDatabaseWithoutADumpWithinItsScheduleIsAnAlarmAndSoIsNotKnowing() {
        STANDARD.hasResourceProperties(
                "AWS::CloudWatch::Alarm",
                Map.of(
                        "Namespace",
                        MetricNames.NAMESPACE,
                        "MetricName",
                        MetricNames.OVERDUE_DUMPS,
                        "Threshold",
                        0,
                        "ComparisonOperator",
                        "GreaterThanThreshold",
                        "Period",
                        1800,
                        "TreatMissingData",
                        "breaching"));
    }

    @Test
    void aScannerThatDoesntRunIsAnAlarm() {
        STANDARD.hasResourceProperties(
                "AWS::CloudWatch::Alarm",
                Map.of(
                        "MetricName", "Invocations",
                        "ComparisonOperator", "LessThanThreshold",
                        "TreatMissingData", "breaching",
                        "Period", 1800));
        Synthesized.EVERYTHING
                .template()
                .hasResourceProperties("AWS::CloudWatch::Alarm", Map.of("MetricName", "Invocations", "Period", 7200));
    }

    @Test
    void failuresAreAlarms() {
        for (String metric : List.of(
                MetricNames.DUMPS_FAILED,
                "ExecutionsTimedOut",
                "ExecutionsAborted",
                "ExecutionThrottled",
                "ApproximateNumberOfMessagesVisible")) {
            STANDARD.resourcePropertiesCountIs("AWS::CloudWatch::Alarm", Map.of("MetricName", metric), 1);
        }
        STANDARD.resourcePropertiesCountIs("AWS::CloudWatch::Alarm", Map.of("MetricName", "ExecutionsFailed"), 3);
        STANDARD.resourcePropertiesCountIs("AWS::CloudWatch::Alarm", Map.of("MetricName", "Errors"), 6);
        STANDARD.resourcePropertiesCountIs("AWS::CloudWatch::Alarm", Map.of("MetricName", "Throttles"), 3);
    }

    @Test
    void oneProblemSendsOneMail() {
        Set<String> silent = Synthesized.STANDARD
                .resources("AWS::CloudWatch::Alarm")
                .filter(alarm -> alarm.path("AlarmActions").isEmpty())
                .map(alarm -> alarm.path("AlarmDescription").asText().replaceAll(".*See \"(\\w+)\".*", "$1"))
                .collect(Collectors.toSet());

        assertThat(silent)
                .as("the state machine tells of these, and names the reason")
                .containsExactlyInAnyOrder(
                        "DumpsFailed",
                        "RunsFailed",
                        "RestoresFailed",
                        "DrillsFailed",
                        "HashErrors",
                        "RescheduleErrors");
    }

    @Test
    void theScannersAlarmStaysOnWhileEveryScanFails() {
        assertThat(Synthesized.EVERYTHING
                        .resources("AWS::CloudWatch::Alarm")
                        .filter(alarm -> alarm.path("AlarmDescription").asText().contains("\"ScannerErrors\""))
                        .map(alarm -> alarm.path("Period").asInt()))
                .containsExactly(7200);
    }

    @Test
    void everyAlarmSaysWhereToRead() {
        assertThat(Synthesized.STANDARD.resources("AWS::CloudWatch::Alarm"))
                .isNotEmpty()
                .allSatisfy(alarm -> {
                    assertThat(alarm.path("AlarmDescription").asText()).contains("docs/operations.md");
                });
        STANDARD.hasResourceProperties(
                "AWS::SNS::Subscription", Map.of("Protocol", "email", "Endpoint", "dba@example.com"));
    }

    @Test
    void theTopicIsEncryptedAndAlarmsMayUseItsKey() {
        STANDARD.hasResourceProperties("AWS::SNS::Topic", Map.of("KmsMasterKeyId", Match.anyValue()));
        STANDARD.hasResourceProperties(
                "AWS::KMS::Key",
                Map.of(
                        "EnableKeyRotation",
                        true,
                        "KeyPolicy",
                        Match.objectLike(Map.of(
                                "Statement",
                                Match.arrayWith(List.of(Match.objectLike(
                                        Map.of("Principal", Map.of("Service", "cloudwatch.amazonaws.com")))))))));
        STANDARD.hasResourceProperties(
                "AWS::SNS::TopicPolicy",
                Map.of(
                        "PolicyDocument",
                        Match.objectLike(Map.of(
                                "Statement",
                                Match.arrayWith(List.of(Match.objectLike(Map.of(
                                        "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false"))))))))));
    }

    /** A topic's own default policy lets alarms in, and is gone as soon as the topic has another one. */
    @Test
    void alarmsMayPublishToTheTopic() {
        STANDARD.hasResourceProperties(
                "AWS::SNS::TopicPolicy",
                Map.of(
                        "PolicyDocument",
                        Match.objectLike(Map.of(
                                "Statement",
                                Match.arrayWith(List.of(Match.objectLike(Map.of(
                                        "Effect", "Allow",
                                        "Action", "sns:Publish",
                                        "Principal", Map.of("Service", "cloudwatch.amazonaws.com")))))))));
    }

    @Test
    void theDashboardShowsEveryMetricOfTheContract() {
        String body = Synthesized.STANDARD
                .resources("AWS::CloudWatch::Dashboard")
                .findFirst()
                .orElseThrow()
                .path("DashboardBody")
                .toString();

        assertThat(body)
                .contains(
                        MetricNames.DUMPS_SUCCEEDED,
                        MetricNames.DUMPS_FAILED,
                        MetricNames.DUMP_DURATION,
                        MetricNames.STORED_BYTES,
                        MetricNames.OVERDUE_DUMPS,
                        MetricNames.NEWEST_DUMP_AGE,
                        "SEARCH(");
    }

    private static List<JsonNode> patterns() {
        return Synthesized.STANDARD
                .resources("AWS::Events::Rule")
                .map(rule -> rule.path("EventPattern"))
                .filter(JsonNode::isObject)
                .toList();
    }

    private static JsonNode detail(String field) {
        return patterns().stream()
                .map(pattern -> pattern.path("detail"))
                .filter(detail -> detail.has(field))
                .findFirst()
                .orElseThrow();
    }
}
