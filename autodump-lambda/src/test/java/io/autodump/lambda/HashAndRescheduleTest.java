package io.autodump.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.TagNames;
import io.autodump.testkit.aws.FakeSecrets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a waiting execution asks for when it is due, also one that the original system has started. */
class HashAndRescheduleTest {
    private static final Map<String, String> DENVER =
            Map.of(TagNames.TIMEZONE, "America/Denver", TagNames.START_SCHEDULE, "30 2 - - 1:3:5");
    private static final String V1_OF_DENVER = "V11636669618118535";
    private static final String ARN = FakeSecrets.arn("orders");

    private final Fixture fixture = new Fixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void executesARunOfTheOriginalWhoseTagsAreUnchanged() {
        put(DENVER);

        assertThat(fixture.check(golden("original-hash-event.json", V1_OF_DENVER)))
                .isEqualTo(Fixture.json("{\"hash\":\"" + V1_OF_DENVER + "\",\"secretArn\":\"" + ARN
                        + "\",\"execute\":true,\"reason\":\"the tags are unchanged\","
                        + "\"job\":{\"vcpu\":\"1\",\"memory\":\"2048\",\"timeoutSeconds\":14400}}"));
    }

    @Test
    void sizesTheJobByTheTagsBeforeTheEnvironment() {
        fixture.environment.put(LambdaNames.JOB_VCPU, "4");
        fixture.environment.put(LambdaNames.JOB_MEMORY, "9000");
        fixture.environment.put(LambdaNames.JOB_TIMEOUT, "7200");
        put(DENVER);
        assertThat(fixture.check(golden("original-hash-event.json", V1_OF_DENVER))
                        .path("job"))
                .isEqualTo(Fixture.json("{\"vcpu\":\"4\",\"memory\":\"9216\",\"timeoutSeconds\":7200}"));

        Map<String, String> sized = new HashMap<>(DENVER);
        sized.putAll(Map.of(TagNames.VCPU, "0.25", TagNames.MEMORY, "3000", TagNames.TIMEOUT, "PT1H"));
        put(sized);
        assertThat(fixture.check(golden("original-hash-event.json", V1_OF_DENVER))
                        .path("job"))
                .isEqualTo(Fixture.json("{\"vcpu\":\"0.5\",\"memory\":\"3072\",\"timeoutSeconds\":3900}"));
    }

    @Test
    void sizesTheJobOfARunOfTheOriginalWhoseOtherTagsCanNotBeUsed() {
        Map<String, String> broken = new HashMap<>(DENVER);
        broken.put(TagNames.MEMORY, "plenty");
        put(broken);

        JsonNode check = fixture.check(golden("original-hash-event.json", V1_OF_DENVER));

        assertThat(check.path("execute").booleanValue()).isTrue();
        assertThat(check.path("job").path("memory").textValue()).isEqualTo("2048");
    }

    @Test
    void refusesAnEnvironmentThatNoJobFits() {
        fixture.environment.put(LambdaNames.JOB_MEMORY, "999999");
        put(DENVER);

        assertThat(catchThrowableOfType(
                        InvocationFailed.class, () -> fixture.check(golden("original-hash-event.json", V1_OF_DENVER))))
                .hasMessageContaining("AUTODUMP_JOB_MEMORY")
                .hasMessageContaining("16 vCPU with 122880 MiB");
    }

    @Test
    void doesNothingWhenItIsOnlyKeptWarm() {
        assertThat(fixture.check("{\"keepWarm\":true}").path("warm").booleanValue())
                .isTrue();
        assertThat(fixture.reschedule("{\"keepWarm\":true}").path("warm").booleanValue())
                .isTrue();
        assertThat(fixture.aws.calls("DescribeSecret")).isZero();
    }

    @Test
    void executesNoRunWhoseTagsHaveChanged() {
        put(Map.of(TagNames.START_SCHEDULE, "0 3 - - -"));

        JsonNode check = fixture.check(golden("original-hash-event.json", V1_OF_DENVER));

        assertThat(check.path("execute").booleanValue()).isFalse();
        assertThat(check.has("job")).isFalse();
        assertThat(check.path("hash").textValue()).startsWith("V1").isNotEqualTo(V1_OF_DENVER);
        assertThat(check.path("reason").textValue()).isEqualTo("the tags have changed");
    }

    @Test
    void answersForASecretThatIsGone() {
        JsonNode check = fixture.check(golden("original-hash-event.json", V1_OF_DENVER));

        assertThat(check.path("execute").booleanValue()).isFalse();
        assertThat(check.has("hash")).isTrue();
        assertThat(check.path("hash").isNull()).isTrue();
    }

    @Test
    void acceptsTheHashThatItsOwnScanHasGiven() {
        put(DENVER);
        JsonNode scan = fixture.scan("{}");
        String hash =
                scan.path("secrets").get(0).path("nextRun").path("tagsHash").textValue();

        assertThat(hash).startsWith("V2");
        assertThat(fixture.check(golden("original-hash-event.json", hash))
                        .path("execute")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void namesEveryFieldOfAHashEventThatIsWrong() {
        assertThat(catchThrowableOfType(InvocationFailed.class, () -> fixture.check("{\"TagsHash\":\"V3\"}")))
                .hasMessageContaining("AD-1008")
                .hasMessageContaining("SecretArn: must be a JSON string")
                .hasMessageContaining("TagsHash: not a tags hash");
    }

    @Test
    void endsARunWhoseSecretIsGoneThoughTheRoleMayDescribeTaggedSecretsOnly() {
        fixture.aws.deny("DescribeSecret", "orders", "no identity-based policy allows it");

        JsonNode answer = fixture.check(golden("original-hash-event.json", V1_OF_DENVER));

        assertThat(answer.path("execute").booleanValue()).isFalse();
        assertThat(answer.path("reason").textValue()).isEqualTo("the secret is gone");
    }

    @Test
    void failsSoThatTheExecutionTriesAgainWhenAwsDoesNotAnswer() {
        put(DENVER);
        fixture.aws.deny("DescribeSecret", "orders", "not authorized");
        fixture.aws.deny("ListSecrets", "", "not authorized");

        assertThat(catchThrowableOfType(
                        InvocationFailed.class, () -> fixture.check(golden("original-hash-event.json", V1_OF_DENVER))))
                .hasMessageContaining("allow secretsmanager:DescribeSecret");
    }

    @Test
    void reschedulesTheOneSecretOfAnExecutionOfTheOriginal() {
        put(DENVER);
        fixture.aws.secrets().put("invoices", DENVER, "{}");

        JsonNode outcome = fixture.reschedule(golden("original-execution-input.json", V1_OF_DENVER));

        assertThat(outcome.path("status").textValue()).isEqualTo("scheduled");
        assertThat(outcome.path("nextRun").path("tagsHash").textValue()).startsWith("V2");
        assertThat(fixture.aws.executions().all())
                .singleElement()
                .satisfies(execution -> assertThat(execution.name())
                        .isEqualTo(outcome.path("nextRun").path("executionName").textValue()));
        assertThat(fixture.aws.calls("ListSecrets")).isZero();
    }

    @Test
    void reschedulesTwiceWithoutHarm() {
        put(DENVER);
        String input = golden("original-execution-input.json", V1_OF_DENVER);
        fixture.reschedule(input);

        assertThat(fixture.reschedule(input).path("status").textValue()).isEqualTo("already-scheduled");
        assertThat(fixture.aws.executions().all()).hasSize(1);
    }

    @Test
    void answersForASecretWhoseTagsCanNotBeUsedAnyMore() {
        put(Map.of(TagNames.START_SCHEDULE, "sometimes"));

        JsonNode outcome = fixture.reschedule(golden("original-execution-input.json", V1_OF_DENVER));

        assertThat(outcome.path("status").textValue()).isEqualTo("invalid");
        assertThat(outcome.path("problems").get(0).textValue()).startsWith("autodump:start-schedule");
    }

    @Test
    void failsSoThatTheExecutionTriesAgainWhenTheRunCouldNotBeStarted() {
        put(DENVER);
        fixture.aws.deny("StartExecution", "", "not authorized");

        assertThat(catchThrowableOfType(
                        InvocationFailed.class,
                        () -> fixture.reschedule(golden("original-execution-input.json", V1_OF_DENVER))))
                .hasMessageContaining("orders: failed; AD-4005");
    }

    @Test
    void saysWhatARescheduleNeeds() {
        assertThat(catchThrowableOfType(InvocationFailed.class, () -> fixture.reschedule("{}")))
                .hasMessageContaining("resourceId or SecretArn");
    }

    @Test
    void worksAsBeforeAfterASnapshot() throws Exception {
        put(DENVER);
        Snapshot snapshot = new Snapshot(fixture.functions());
        snapshot.beforeCheckpoint(org.crac.Core.getGlobalContext());
        snapshot.afterRestore(org.crac.Core.getGlobalContext());

        assertThat(fixture.check(golden("original-hash-event.json", V1_OF_DENVER))
                        .path("execute")
                        .booleanValue())
                .isTrue();
        assertThat(fixture.aws.calls("DescribeSecret")).isEqualTo(1);
    }

    private void put(Map<String, String> tags) {
        assertThat(fixture.aws.secrets().put("orders", tags, "{}")).isEqualTo(ARN);
    }

    private static String golden(String name, String hash) {
        return Fixture.golden(name).replace("HASH", hash);
    }
}
