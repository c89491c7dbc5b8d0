package io.autodump.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.MetricNames;
import io.autodump.core.contract.TagNames;
import io.autodump.testkit.aws.FakeExecutions;
import io.autodump.testkit.aws.FakeSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScannerHandlerTest {
    /** No run of it was missed within its window, so that a scan starts the next one alone. */
    private static final Map<String, String> MONTHLY = Map.of(TagNames.START_SCHEDULE, "0 0 1 - -");

    private final Fixture fixture = new Fixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void schedulesOnTheOriginalsEvent() {
        fixture.environment.clear();
        put("orders", MONTHLY);

        JsonNode result = fixture.scan(Fixture.golden("original-scanner-event.json"));

        assertThat(result.path("clean").booleanValue()).isTrue();
        assertThat(fixture.aws.executions().all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "{\"version\":\"0\",\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}"
            })
    void schedulesOnWhateverAScheduleSends(String event) {
        put("orders", MONTHLY);

        assertThat(fixture.scan(event).path("counts").path("scheduled").intValue())
                .isEqualTo(1);
    }

    @Test
    void looksAtTheOneSecretOfATagEvent() {
        put("orders", MONTHLY);
        put("invoices", MONTHLY);

        JsonNode result = fixture.scan(Fixture.golden("cloudtrail-tag-resource.json"));

        assertThat(result.path("secrets")).hasSize(1);
        assertThat(result.path("secrets").get(0).path("secretName").textValue()).isEqualTo("orders");
        assertThat(fixture.aws.calls("ListSecrets")).isZero();
        assertThat(fixture.aws.executions().all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cloudtrail-create-secret.json",
                "cloudtrail-update-secret.json",
                "cloudtrail-restore-secret.json",
                "cloudtrail-untag-resource.json",
                "cloudtrail-tag-resource.json"
            })
    void looksAtTheOneSecretOfEveryEventThatMayChangeASchedule(String event) {
        put("orders", MONTHLY);
        put("invoices", MONTHLY);

        JsonNode result = fixture.scan(Fixture.golden(event));

        assertThat(result.path("secrets")).hasSize(1);
        assertThat(result.path("secrets").get(0).path("secretName").textValue()).isEqualTo("orders");
        assertThat(fixture.aws.executions().all()).hasSize(1);
    }

    @Test
    void startsARestoreDrillThatIsDueOnce() {
        fixture.environment.put(LambdaNames.DRILL_STATE_MACHINE_ARN, FakeExecutions.DRILLS);
        fixture.aws
                .secrets()
                .put(
                        "orders",
                        Map.of(TagNames.START_SCHEDULE, "0 0 1 - -", TagNames.DRILL, "-/2 - - - -"),
                        "{}",
                        Instant.now().minus(Duration.ofDays(2)));

        JsonNode first = fixture.scan("").path("secrets").get(0);

        assertThat(first.at("/drill/when").asText()).isNotEmpty();
        assertThat(fixture.aws.executions().of(FakeExecutions.DRILLS))
                .singleElement()
                .satisfies(drill -> assertThat(drill.input()).contains(FakeSecrets.arn("orders")));
        assertThat(fixture.aws.executions().of(FakeExecutions.STATE_MACHINE)).hasSize(1);
    }

    @Test
    void startsNoDrillWithoutAStateMachineForThem() {
        put("orders", Map.of(TagNames.START_SCHEDULE, "0 0 1 - -", TagNames.DRILL, "-/2 - - - -"));

        fixture.scan("");

        assertThat(fixture.aws.executions().all()).hasSize(1);
    }

    @Test
    void doesNothingHarmfulWhenASecretIsDeleted() {
        put("orders", MONTHLY);
        fixture.aws.secrets().planDeletion(FakeSecrets.arn("orders"));

        JsonNode result = fixture.scan(Fixture.golden("cloudtrail-delete-secret.json"));

        assertThat(result.path("clean").booleanValue()).isTrue();
        assertThat(result.path("secrets").get(0).path("status").textValue()).isEqualTo("gone");
        assertThat(fixture.aws.executions().all()).isEmpty();
    }

    @Test
    void doesNothingOnACallThatWasRefused() {
        put("orders", MONTHLY);
        String refused = Fixture.golden("cloudtrail-tag-resource.json")
                .replace("\"readOnly\"", "\"errorCode\": \"x\", \"readOnly\"");

        assertThat(fixture.scan(refused).path("secrets")).isEmpty();
        assertThat(fixture.aws.executions().all()).isEmpty();
    }

    @Test
    void givesEachOddSecretItsOwnOutcomeAndTouchesNoOther() {
        put("broken", Map.of(TagNames.START_SCHEDULE, "0 25 - - -"));
        put("paused", Map.of(TagNames.START_SCHEDULE, "0 8 - - -", TagNames.ENABLED, "false"));
        put("by-hand", Map.of(TagNames.FORMAT, "plain"));
        put("refused", MONTHLY);
        put("n".repeat(512), MONTHLY);
        put("team-a/orders", MONTHLY);
        put("team-b/orders", MONTHLY);
        put("kms-denied", MONTHLY);
        fixture.aws.deny("StartExecution", "refused", "not authorized to perform: states:StartExecution");
        fixture.aws.deny("GetSecretValue", "kms-denied", "Access to KMS is not allowed");

        InvocationFailed failed = catchThrowableOfType(InvocationFailed.class, () -> fixture.scan("{}"));

        assertThat(failed)
                .hasMessageStartingWith("AD-4007 2 of 8 secrets need attention")
                .hasMessageContaining("broken: invalid; autodump:start-schedule: ")
                .hasMessageContaining("refused: failed; AD-4005")
                .hasMessageContaining("allow states:StartExecution")
                .hasMessageNotContaining("team-a");
        assertThat(fixture.aws.executions().all()).hasSize(4);
        assertThat(statusesInTheLog())
                .containsExactlyInAnyOrder(
                        "broken invalid",
                        "paused disabled",
                        "by-hand not-scheduled",
                        "refused failed",
                        "n".repeat(512) + " scheduled",
                        "team-a/orders scheduled",
                        "team-b/orders scheduled",
                        "kms-denied scheduled");
    }

    @Test
    void doesNotFailForTagsThatOnlyTheirOwnerCanFixAndCountsThem() {
        put("broken", Map.of(TagNames.START_SCHEDULE, "0 25 - - -"));
        put("typo", Map.of(TagNames.START_SCHEDULE, "0 8 1 - -", "autodump:fromat", "plain"));
        put("fine", MONTHLY);

        JsonNode result = fixture.scan("{}");

        assertThat(result.path("clean").booleanValue()).isFalse();
        assertThat(statusesInTheLog()).containsExactlyInAnyOrder("broken invalid", "typo scheduled", "fine scheduled");
        assertThat(metric(MetricNames.SECRETS_WITH_PROBLEMS)).isEqualTo(2);
        assertThat(metric(MetricNames.FURTHER_SECRETS_WITH_PROBLEMS))
                .as("both are new, so one mail tells of them")
                .isZero();
    }

    @Test
    void tellsOfAFurtherSecretWithProblems() {
        fixture.aws
                .secrets()
                .put("broken", Map.of(TagNames.START_SCHEDULE, "often"), "{}", Instant.parse("2026-01-01T00:00:00Z"));
        put("typo", Map.of(TagNames.START_SCHEDULE, "0 8 1 - -", "autodump:fromat", "plain"));

        fixture.scan("{}");

        assertThat(metric(MetricNames.SECRETS_WITH_PROBLEMS)).isEqualTo(2);
        assertThat(metric(MetricNames.FURTHER_SECRETS_WITH_PROBLEMS)).isEqualTo(1);
    }

    @Test
    void findsASecretWhoseTagsHaveAMisspeltPrefix() {
        put("orders", Map.of("AutoDump:start-schedule", "0 8 1 - -"));
        put("of-others", Map.of("automation:schedule", "x"));

        JsonNode result = fixture.scan("{}");

        assertThat(result.path("secrets"))
                .singleElement()
                .satisfies(secret -> assertThat(secret.path("problems").get(0).textValue())
                        .contains("did you mean autodump:start-schedule?"));
    }

    private int metric(String name) {
        return fixture.log().stream()
                .filter(line -> line.has("_aws") && line.has(name))
                .findFirst()
                .orElseThrow()
                .path(name)
                .intValue();
    }

    @Test
    void readsNoValueOfAnySecret() {
        put("orders", MONTHLY);
        fixture.scan("{}");

        assertThat(fixture.aws.calls("GetSecretValue")).isZero();
        assertThat(fixture.log().toString()).doesNotContain("hunter2");
    }

    @Test
    void changesNothingWhenItIsRepeatedAndAsksOnlyForWhatItDoesNotKnow() {
        put("orders", MONTHLY);
        fixture.scan("{}");
        JsonNode again = fixture.scan("{}");

        assertThat(again.path("secrets").get(0).path("status").textValue()).isEqualTo("already-scheduled");
        assertThat(fixture.aws.calls("StartExecution")).isEqualTo(1);
    }

    @Test
    void beginsNothingWhenItsTimeIsUpAndGoesOnInTheNextInvocation() {
        put("orders", MONTHLY);

        InvocationFailed failed = catchThrowableOfType(
                InvocationFailed.class, () -> fixture.invoke(new ScannerHandler(fixture.functions()), "{}", 0));

        assertThat(failed).hasMessageContaining("the time was up after 0 secrets");
        assertThat(fixture.aws.executions().all()).isEmpty();
        assertThat(fixture.scan("{}").path("clean").booleanValue()).isTrue();
        assertThat(fixture.aws.executions().all()).hasSize(1);
    }

    @Test
    void failsWhenTheSecretsCanNotBeListed() {
        fixture.aws.deny("ListSecrets", "", "not authorized");

        InvocationFailed failed = catchThrowableOfType(InvocationFailed.class, () -> fixture.scan("{}"));

        assertThat(failed).hasMessageContaining("allow secretsmanager:ListSecrets");
    }

    @Test
    void saysWhatToSetWhenNoStateMachineIsNamed() {
        fixture.environment.remove(LambdaNames.STATE_MACHINE_ARN);

        assertThat(catchThrowableOfType(InvocationFailed.class, () -> fixture.scan("{}")))
                .hasMessageContaining("HINT: set the environment variable STATE_MACHINE_ARN");
    }

    @Test
    void refusesARateThatIsNone() {
        fixture.environment.put(LambdaNames.STARTS_PER_SECOND, "fast");

        assertThat(catchThrowableOfType(InvocationFailed.class, () -> fixture.scan("{}")))
                .hasMessageContaining("AUTODUMP_STARTS_PER_SECOND");
    }

    @Test
    void putsCountsIntoTheLogAsMetrics() {
        put("orders", MONTHLY);
        fixture.scan("{}");

        JsonNode metrics = fixture.log().stream()
                .filter(line -> line.has("_aws"))
                .findFirst()
                .orElseThrow();
        assertThat(metrics.path("scheduled").intValue()).isEqualTo(1);
        assertThat(metrics.path("function").textValue()).isEqualTo("scanner");
        JsonNode directive = metrics.path("_aws").path("CloudWatchMetrics").get(0);
        assertThat(directive.path("Namespace").textValue()).isEqualTo("AutoDump");
        directive
                .path("Metrics")
                .forEach(metric -> assertThat(
                                metrics.path(metric.path("Name").textValue()).isNumber())
                        .isTrue());
    }

    private List<String> statusesInTheLog() {
        return fixture.log().stream()
                .filter(line -> line.has("status"))
                .map(line -> line.path("secretName").textValue() + " "
                        + line.path("status").textValue())
                .toList();
    }

    private void put(String name, Map<String, String> tags) {
        String arn = fixture.aws.secrets().put(name, tags, "{\"password\":\"hunter2\"}");
        assertThat(arn).isEqualTo(FakeSecrets.arn(name));
    }
}
