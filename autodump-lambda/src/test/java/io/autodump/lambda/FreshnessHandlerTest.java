package io.autodump.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.MetricNames;
import io.autodump.core.contract.TagNames;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreshnessHandlerTest {
    private static final Map<String, String> HOURLY = Map.of(TagNames.START_SCHEDULE, "@hourly");
    private final Instant thisHour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private final Fixture fixture = new Fixture();
    private final FinishedDumps dumps = new FinishedDumps();

    @BeforeEach
    void nameTheBucket() {
        fixture.environment.put(LambdaNames.BUCKETS, dumps.bucket);
    }

    @AfterEach
    void stop() {
        dumps.close();
        fixture.close();
    }

    @Test
    void tellsFreshFromOverdueByMetricsAndByTheLog() {
        put("fresh", HOURLY);
        put("late", HOURLY);
        put("never", HOURLY);
        put("broken", Map.of(TagNames.START_SCHEDULE, "often"));
        dumps.add("fresh", thisHour);
        dumps.add("late", thisHour.minus(Duration.ofDays(1)));

        JsonNode answer = fixture.freshness();

        assertThat(answer.path("overdue").intValue()).isEqualTo(3);
        assertThat(answer.path("secrets"))
                .extracting(secret -> secret.path("secretName").textValue() + " "
                        + secret.path("status").textValue())
                .containsExactly("broken overdue", "fresh fresh", "late overdue", "never overdue");
        assertThat(metrics(MetricNames.OVERDUE_DUMPS)).singleElement().satisfies(line -> {
            assertThat(line.path(MetricNames.OVERDUE_DUMPS).intValue()).isEqualTo(3);
            assertThat(dimensions(line)).isEmpty();
        });
        assertThat(metrics(MetricNames.NEWEST_DUMP_AGE))
                .hasSize(2)
                .allSatisfy(line -> assertThat(dimensions(line)).hasSize(1))
                .anySatisfy(line -> {
                    assertThat(line.path(MetricNames.SECRET).textValue()).isEqualTo("late");
                    assertThat(line.path(MetricNames.NEWEST_DUMP_AGE).longValue())
                            .isBetween(86_400L, 86_400L + 7_200L);
                });
        assertThat(fixture.log().stream()
                        .filter(line -> line.path("level").textValue().equals("ERROR"))
                        .map(line -> line.path("message").textValue() + " "
                                + line.path("secretName").textValue()))
                .containsExactlyInAnyOrder("dump overdue broken", "dump overdue late", "dump overdue never");
    }

    @Test
    void writesAZeroWhenNothingIsOverdue() {
        put("fresh", HOURLY);
        dumps.add("fresh", thisHour);
        fixture.freshness();

        assertThat(metrics(MetricNames.OVERDUE_DUMPS))
                .singleElement()
                .satisfies(
                        line -> assertThat(line.path(MetricNames.OVERDUE_DUMPS).intValue())
                                .isZero());
    }

    @Test
    void failsAfterItsMetricsWhenABucketCanNotBeReadAndWritesNoZero() {
        fixture.environment.put(LambdaNames.BUCKETS, "no-such-bucket, " + dumps.bucket);
        put("fresh", HOURLY);
        put("late", HOURLY);
        dumps.add("fresh", thisHour);

        InvocationFailed failed = catchThrowableOfType(InvocationFailed.class, fixture::freshness);

        assertThat(failed).hasMessageContaining("AD-4007").hasMessageContaining("no-such-bucket");
        assertThat(metrics(MetricNames.OVERDUE_DUMPS)).isEmpty();
        assertThat(metrics(MetricNames.NEWEST_DUMP_AGE)).hasSize(1);
        assertThat(fixture.log().toString()).contains("dump unknown");
    }

    @Test
    void goesByTheMargin() {
        put("late", HOURLY);
        dumps.add("late", thisHour.minus(Duration.ofHours(12)));
        fixture.environment.put(LambdaNames.FRESHNESS_MARGIN, "P2D");
        assertThat(fixture.freshness().path("overdue").intValue()).isZero();

        fixture.environment.put(LambdaNames.FRESHNESS_MARGIN, "PT6H");
        assertThat(fixture.freshness().path("overdue").intValue()).isEqualTo(1);
    }

    @Test
    void saysWhatToCorrectInItsEnvironment() {
        fixture.environment.put(LambdaNames.FRESHNESS_MARGIN, "soon");
        assertThat(catchThrowableOfType(InvocationFailed.class, fixture::freshness))
                .hasMessageContaining("AUTODUMP_FRESHNESS_MARGIN");

        fixture.environment.put(LambdaNames.BUCKETS, " , ");
        assertThat(catchThrowableOfType(InvocationFailed.class, fixture::freshness))
                .hasMessageContaining("AUTODUMP_BUCKETS");
    }

    @Test
    void readsNoSecretsValue() {
        put("fresh", HOURLY);
        fixture.freshness();

        assertThat(fixture.aws.calls("GetSecretValue")).isZero();
        assertThat(fixture.aws.calls("StartExecution")).isZero();
    }

    private List<JsonNode> metrics(String name) {
        return fixture.log().stream()
                .filter(line -> line.has("_aws") && line.has(name))
                .toList();
    }

    private static JsonNode dimensions(JsonNode line) {
        return line.path("_aws")
                .path("CloudWatchMetrics")
                .path(0)
                .path("Dimensions")
                .path(0);
    }

    private void put(String name, Map<String, String> tags) {
        fixture.aws.secrets().put(name, tags, "{}", LONG_AGO);
    }
}
