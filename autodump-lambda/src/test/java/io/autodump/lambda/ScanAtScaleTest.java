package io.autodump.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.TagNames;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Accounts with many secrets, behind 20 ms a call. Asserts what was done and how many calls it took, and prints how
 * long that was; {@code docs/performance.md} has the figures. The short form, without the property
 * {@code autodump.test.full}, has fewer secrets.
 */
class ScanAtScaleTest {
    private static final Map<String, String> MONTHLY = Map.of(TagNames.START_SCHEDULE, "0 0 1 - -");
    private static final boolean FULL = Boolean.getBoolean("autodump.test.full");
    private static final int FIFTEEN_MINUTES = 900_000;

    private final Fixture fixture = new Fixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void scansTwoThousandSecretsOfWhichHalfAreTagged() {
        int tagged = FULL ? 1_000 : 200;
        put(tagged, tagged);
        fixture.environment.put(LambdaNames.STARTS_PER_SECOND, "300");
        fixture.environment.put(LambdaNames.STARTS_AT_ONCE, "1000");

        assertThat(timed(2 * tagged + " secrets, " + tagged + " tagged, cold JVM")
                        .path("counts")
                        .path("scheduled")
                        .intValue())
                .isEqualTo(tagged);
        assertThat(fixture.aws.calls("ListSecrets")).isEqualTo(2 * tagged / 200);
        assertThat(fixture.aws.calls("StartExecution")).isEqualTo(tagged);
        assertThat(timed("the same again, all known").path("clean").booleanValue())
                .isTrue();
        assertThat(fixture.aws.calls("StartExecution")).isEqualTo(tagged);
    }

    @Test
    void comesThroughWhenEveryThirdCallIsThrottled() {
        int tagged = FULL ? 300 : 60;
        put(tagged, 0);
        fixture.aws.throttleEvery(3);

        JsonNode result = timed(tagged + " tagged, every third call throttled");

        assertThat(result.path("clean").booleanValue()).isTrue();
        assertThat(result.path("counts").path("scheduled").intValue()).isEqualTo(tagged);
        assertThat(fixture.aws.executions().all()).hasSize(tagged);
    }

    @Test
    void keepsBelowItsRateOverTenThousandSecrets() {
        int count = Integer.getInteger("autodump.scale.secrets", FULL ? 1_500 : 700);
        put(count, 0);
        fixture.environment.put(LambdaNames.STARTS_PER_SECOND, "300");
        long before = System.nanoTime();

        JsonNode result = timed(count + " tagged, 300 starts a second");

        assertThat(result.path("counts").path("scheduled").intValue()).isEqualTo(count);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds((count - 301) / 300));
    }

    private void put(int tagged, int untagged) {
        fixture.aws.latency(Duration.ofMillis(20));
        for (int i = 0; i < tagged; i++) {
            fixture.aws.secrets().put("team-" + i % 7 + "/database-" + i, MONTHLY, "{}");
        }
        for (int i = 0; i < untagged; i++) {
            fixture.aws.secrets().put("other-" + i, Map.of("team", "payments"), "{}");
        }
    }

    private JsonNode timed(String what) {
        long before = System.nanoTime();
        String answer = fixture.invoke(new ScannerHandler(fixture.functions()), "{}", FIFTEEN_MINUTES);
        System.out.printf("%s: %.2f s%n", what, (System.nanoTime() - before) / 1e9);
        return Fixture.json(answer);
    }
}
