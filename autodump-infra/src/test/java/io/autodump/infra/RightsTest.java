package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Who may do what. */
class RightsTest {
    private static final Synthesized STANDARD = Synthesized.STANDARD;
    private static final Set<String> FUNCTIONS =
            Set.of("ScannerRole", "HashRole", "RescheduleRole", "FreshnessRole", "DrainRole", "PruneRole");

    @Test
    void noActionHasAWildcard() {
        // A refusal of everything without TLS, and the account's administration of its own key, are the CDK's.
        List<String> wide = Stream.of(STANDARD, Synthesized.EVERYTHING, Synthesized.EXISTING)
                .flatMap(Synthesized::allStatements)
                .filter(statement -> statement.path("Effect").asText().equals("Allow"))
                .filter(statement -> !isAccountAdministration(statement))
                .flatMap(statement -> texts(statement.path("Action")))
                .filter(action -> action.contains("*"))
                .toList();

        assertThat(wide).isEmpty();
    }

    @Test
    void nothingButCallsWithoutResourcesIsAllowedOnEverything() {
        Set<String> actions = new TreeSet<>();
        Stream.of(STANDARD, Synthesized.EVERYTHING, Synthesized.EXISTING)
                .flatMap(each -> each.resources("AWS::IAM::Policy"))
                .flatMap(policy -> StreamSupport.stream(
                        policy.path("PolicyDocument").path("Statement").spliterator(), false))
                .filter(statement -> texts(statement.path("Resource")).anyMatch("*"::equals))
                .forEach(statement -> texts(statement.path("Action")).forEach(actions::add));

        assertThat(actions)
                .containsExactlyInAnyOrder(
                        "secretsmanager:ListSecrets",
                        "batch:DescribeJobs",
                        "batch:TerminateJob",
                        "ecr:GetAuthorizationToken",
                        "logs:CreateLogDelivery",
                        "logs:DeleteLogDelivery",
                        "logs:DescribeLogGroups",
                        "logs:DescribeResourcePolicies",
                        "logs:GetLogDelivery",
                        "logs:ListLogDeliveries",
                        "logs:PutResourcePolicy",
                        "logs:UpdateLogDelivery",
                        "xray:GetSamplingRules",
                        "xray:GetSamplingTargets",
                        "xray:PutTelemetryRecords",
                        "xray:PutTraceSegments");
    }

    @Test
    void noFunctionMayReadASecretsValueOrADump() {
        for (String function : FUNCTIONS) {
            assertThat(actions(STANDARD.statements(function)))
                    .as(function)
                    .doesNotContain("secretsmanager:GetSecretValue", "s3:PutObject", "rds-db:connect");
        }
        assertThat(actions(STANDARD.statements("ScannerRole"))).doesNotContain("kms:Decrypt", "s3:GetObject");
        assertThat(with(STANDARD.statements("FreshnessRole"), "s3:GetObject")
                        .path("Resource")
                        .toString())
                .contains("/*.manifest.json");
    }

    @Test
    void onlyTheRecordOfAFailedRunIsWrittenByAFunction() {
        List<ObjectNode> record = STANDARD.statements("RecordRole");

        assertThat(with(record, "s3:PutObject").path("Resource").toString()).contains("/*.failed.json");
        assertThat(actions(record))
                .containsExactlyInAnyOrder(
                        "logs:CreateLogStream", "logs:PutLogEvents", "s3:PutObject", "kms:GenerateDataKey");
    }

    @Test
    void theFreshnessCheckWritesTheOnePageThatIsAskedForAndReadsRecords() {
        List<ObjectNode> statements = Synthesized.EVERYTHING.statements("FreshnessRole");

        assertThat(with(statements, "s3:PutObject").path("Resource").toString())
                .contains("/autodump.html")
                .doesNotContain("*");
        assertThat(actions(statements)).contains("kms:GenerateDataKey").doesNotContain("s3:DeleteObject");
        assertThat(statements)
                .filteredOn(statement -> statement.path("Sid").asText().equals("ReadRecords"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.path("Resource").toString())
                        .contains("/*.failed.json", "/*.accepted.json", "/*.proven.json", "/*.unproven.json"));
    }

    @Test
    void onlyTheFunctionThatPrunesDeletesAndItReadsManifestsAlone() {
        List<ObjectNode> prune = STANDARD.statements("PruneRole");

        assertThat(actions(prune))
                .contains("s3:DeleteObject")
                .doesNotContain("s3:DeleteObjectVersion", "s3:PutObject", "s3:BypassGovernanceRetention");
        assertThat(with(prune, "s3:GetObject").path("Resource").toString()).contains("/*.manifest.json");
        for (String role :
                List.of("ScannerRole", "HashRole", "RescheduleRole", "FreshnessRole", "RecordRole", "JobRole")) {
            assertThat(actions(STANDARD.statements(role))).as(role).noneMatch(action -> action.startsWith("s3:Delete"));
        }
    }

    @Test
    void secretsAreDescribedOnlyIfTheyAreTagged() {
        assertThat(actions(STANDARD.statements("FreshnessRole"))).doesNotContain("secretsmanager:DescribeSecret");
        for (String function : List.of("ScannerRole", "HashRole", "RescheduleRole", "PruneRole")) {
            assertThat(with(STANDARD.statements(function), "secretsmanager:DescribeSecret")
                            .at("/Condition/Null/secretsmanager:ResourceTag~1autodump:start-schedule")
                            .asText())
                    .as(function)
                    .isEqualTo("false");
        }
    }

    @Test
    void theJobReadsOnlySecretsThatAreTagged() {
        ObjectNode reads = with(STANDARD.statements("JobRole"), "secretsmanager:GetSecretValue");

        assertThat(reads.at("/Condition/Null/secretsmanager:ResourceTag~1autodump:start-schedule")
                        .asText())
                .isEqualTo("false");
        assertThat(reads.path("Resource").toString()).contains(":secret:*");
    }

    @Test
    void theJobMayLookAtTheScratchServersSecretWhichIsNotTagged() {
        assertThat(Synthesized.EVERYTHING.statements("JobRole"))
                .filteredOn(statement -> statement.path("Sid").asText().equals("ReadScratchSecret"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.path("Action").toString())
                        .contains("secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"));
    }

    @Test
    void theJobDecryptsSecretsOnlyThroughSecretsManager() {
        ObjectNode decrypts = STANDARD.statements("JobRole").stream()
                .filter(statement -> statement.path("Resource").toString().contains(":key/*"))
                .findFirst()
                .orElseThrow();

        assertThat(texts(decrypts.path("Action"))).containsExactly("kms:Decrypt");
        assertThat(decrypts.at("/Condition/StringEquals/kms:ViaService").toString())
                .contains("secretsmanager.eu-central-1.");
    }

    @Test
    void theJobDeletesNothingAndWritesOnlyIntoTheAllowedBuckets() {
        List<ObjectNode> statements = Synthesized.EXISTING.statements("JobRole");

        assertThat(actions(statements)).noneMatch(action -> action.contains("Delete"));
        assertThat(with(statements, "s3:PutObject").path("Resource").toString())
                .contains(":s3:::team-a-dumps/*", ":s3:::team-b-dumps/*");
        assertThat(texts(with(statements, "s3:PutObject").path("Resource"))).hasSize(0);
        assertThat(with(statements, "s3:PutObject").path("Resource")).hasSize(2);
    }

    @Test
    void onlyScannerAndRescheduleStartRunsAndOnlyOfThisStateMachine() {
        for (String role : List.of("ScannerRole", "RescheduleRole")) {
            assertThat(with(STANDARD.statements(role), "states:StartExecution")
                            .path("Resource")
                            .toString())
                    .contains(":stateMachine:Standard-AutoDump-");
        }
        for (String role : List.of("HashRole", "FreshnessRole", "JobRole", "AutoDumpRunsRole", "TaskRole")) {
            assertThat(actions(STANDARD.statements(role))).as(role).doesNotContain("states:StartExecution");
        }
    }

    @Test
    void theStateMachineAsksFourFunctionsAndSubmitsToOneQueue() {
        List<ObjectNode> statements = STANDARD.statements("AutoDumpRunsRole");

        assertThat(with(statements, "lambda:InvokeFunction").path("Resource")).hasSize(4);
        assertThat(with(statements, "batch:SubmitJob").path("Resource"))
                .as("the queue, and the one definition without and with a revision")
                .hasSize(3);
        assertThat(with(statements, "events:PutRule").path("Resource").toString())
                .contains("rule/StepFunctionsGetEventsForBatchJobsRule");
        assertThat(actions(statements)).doesNotContain("secretsmanager:GetSecretValue", "s3:PutObject", "iam:PassRole");
    }

    @Test
    void theJobLogsInWithIamOnlyAsTheUsersThatWereNamed() {
        assertThat(actions(STANDARD.statements("JobRole"))).doesNotContain("rds-db:connect");
        assertThat(with(Synthesized.EVERYTHING.statements("JobRole"), "rds-db:connect")
                        .path("Resource")
                        .asText())
                .isEqualTo("arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-ABCDEFGH/autodump");
    }

    @Test
    void aRestoreReadsDumpsAndTheSecretsThatAreTaggedAsTargetsAndWritesNothing() {
        List<ObjectNode> statements = STANDARD.statements("RestoresTaskRole");

        assertThat(actions(statements))
                .containsExactlyInAnyOrder(
                        "secretsmanager:GetSecretValue",
                        "secretsmanager:DescribeSecret",
                        "kms:Decrypt",
                        "kms:Decrypt",
                        "s3:GetObject",
                        "s3:ListBucket",
                        "rds:DescribeDBInstances",
                        "rds:DescribeDBClusters");
        ObjectNode reads = with(statements, "secretsmanager:GetSecretValue");
        assertThat(reads.at("/Condition/StringEquals/secretsmanager:ResourceTag~1autodump:restore-target")
                        .asText())
                .isEqualTo("true");
        assertThat(reads.at("/Condition/Null/secretsmanager:ResourceTag~1autodump:deployment")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void aDrillReadsNoSecretButTheScratchServersAndWritesOnlyProofs() {
        List<ObjectNode> standard = STANDARD.statements("DrillsTaskRole");
        List<ObjectNode> everything = Synthesized.EVERYTHING.statements("DrillsTaskRole");

        assertThat(actions(standard)).doesNotContain("secretsmanager:GetSecretValue", "rds-db:connect");
        assertThat(with(everything, "secretsmanager:GetSecretValue")
                        .path("Resource")
                        .asText())
                .isEqualTo("arn:aws:secretsmanager:eu-central-1:123456789012:secret:scratch-AbCdEf");
        assertThat(with(standard, "s3:PutObject").path("Resource").toString())
                .contains("/*.proven.json", "/*.unproven.json")
                .doesNotContain("/*\"");
        assertThat(with(standard, "s3:DeleteObject").path("Resource").toString())
                .contains("/*.unproven.json")
                .doesNotContain("/*.proven.json", "/*\"");
    }

    @Test
    void theStateMachinesOfOtherJobsSubmitToTheirOwnQueuesWithTheirOwnDefinitions() {
        for (String kind : List.of("Restores", "Drills")) {
            List<ObjectNode> statements = STANDARD.statements(kind + "RunsRole");

            assertThat(with(statements, "batch:SubmitJob").path("Resource").toString())
                    .contains("AutoDump" + kind + "Queue", "-" + kind + "-")
                    .doesNotContain("JobsQueue");
            assertThat(actions(statements)).doesNotContain("lambda:InvokeFunction", "iam:PassRole");
        }
    }

    @Test
    void everyActorHasARoleOfItsOwn() {
        List<String> used = STANDARD.resources("AWS::Lambda::Function")
                .map(function -> function.path("Role").toString())
                .toList();

        assertThat(used).hasSize(7).doesNotHaveDuplicates();
        STANDARD.template().resourceCountIs("AWS::IAM::Role", 14);
    }

    private static boolean isAccountAdministration(ObjectNode statement) {
        return texts(statement.path("Action")).anyMatch("kms:*"::equals)
                && statement.path("Principal").toString().contains(":root");
    }

    private static List<String> actions(List<ObjectNode> statements) {
        return statements.stream()
                .flatMap(statement -> texts(statement.path("Action")))
                .toList();
    }

    private static ObjectNode with(List<ObjectNode> statements, String action) {
        return statements.stream()
                .filter(statement -> texts(statement.path("Action")).anyMatch(action::equals))
                .findFirst()
                .orElseThrow(() -> new AssertionError(action + " isn't in " + statements));
    }

    /** One text, or those of an array. */
    private static Stream<String> texts(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false)
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                : Stream.of(node).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
