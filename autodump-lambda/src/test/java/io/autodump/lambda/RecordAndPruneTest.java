package io.autodump.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.autodump.core.contract.LambdaNames;
import io.autodump.core.contract.TagNames;
import io.autodump.lambda.run.PruneHandler;
import io.autodump.lambda.run.RecordHandler;
import io.autodump.testkit.aws.FakeSecrets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The functions that the state machine calls after a run. */
class RecordAndPruneTest {
    private static final String EVENT =
            "{\"resourceId\": \"" + FakeSecrets.arn("orders") + "\", \"when\": \"2026-11-22T08:00:00Z\"}";

    private final Instant today = Instant.now().truncatedTo(ChronoUnit.HOURS);
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
    void recordsWhatTheStateMachineKnows() {
        String event = """
                {"resourceId": "%s", "when": "2026-11-22T08:00:00Z", "attempt": {"number": 3},
                 "why": {"text": "the job did not run: CannotPullContainerError"},
                 "job": {"description": {"JobId": "job-7", "Container": {"LogStreamName": "autodump/default/7"}}}}
                """.formatted(FakeSecrets.arn("orders"));

        fixture.invoke(new RecordHandler(fixture.functions()), event, Fixture.A_MINUTE);

        JsonNode record = Fixture.json(dumps.get("orders/unknown/2026/11/22/unknown-2026-11-22T08-00-00Z.failed.json"));
        assertThat(record.path("outcome").textValue()).isEqualTo("failed");
        assertThat(record.path("secretName").textValue()).isEqualTo("orders");
        assertThat(record.path("message").textValue()).isEqualTo("the job did not run: CannotPullContainerError");
        assertThat(record.path("attempts").intValue()).isEqualTo(3);
        assertThat(record.path("jobId").textValue()).isEqualTo("job-7");
        assertThat(record.path("logStream").textValue()).isEqualTo("autodump/default/7");
    }

    @Test
    void failsIfTheRecordCannotBeWritten() {
        fixture.environment.put(LambdaNames.BUCKETS, "no-such-bucket");

        assertThatThrownBy(() -> fixture.invoke(new RecordHandler(fixture.functions()), EVENT, Fixture.A_MINUTE))
                .hasMessageContaining("AD-4001");
        assertThatThrownBy(() -> fixture.invoke(new RecordHandler(fixture.functions()), "{}", Fixture.A_MINUTE))
                .hasMessageContaining("AD-1008");
    }

    @Test
    void deletesWhatRetentionDoesNotKeepAndLogsWhy() {
        put(Map.of(TagNames.START_SCHEDULE, "@hourly", TagNames.RETENTION, "last=2"));
        for (int days = 0; days < 4; days++) {
            dumps.add("orders", today.minus(Duration.ofDays(days)));
        }
        dumps.add("stock", today.minus(Duration.ofDays(9)));

        JsonNode answer = prune();

        assertThat(answer.path("deleted").intValue()).isEqualTo(2);
        assertThat(answer.path("note").textValue()).isEqualTo("Retention deleted 2 objects.");
        assertThat(dumps.keys()).filteredOn(key -> key.startsWith("orders/")).hasSize(4);
        assertThat(dumps.keys()).filteredOn(key -> key.startsWith("stock/")).hasSize(2);
        assertThat(fixture.log().toString()).contains("deleted s3://" + dumps.bucket + "/orders/", "not in last=2");
        assertThat(prune().path("deleted").intValue()).isZero();
    }

    @Test
    void deletesNothingWithoutTheTagAndNothingWhileTheDatabaseIsOverdue() {
        put(Map.of(TagNames.START_SCHEDULE, "@hourly"));
        dumps.add("orders", today.minus(Duration.ofDays(8)));
        dumps.add("orders", today.minus(Duration.ofDays(9)));
        assertThat(prune().path("deleted").intValue()).isZero();

        put(Map.of(TagNames.START_SCHEDULE, "@hourly", TagNames.RETENTION, "last=1"));
        assertThat(prune().path("deleted").intValue()).isZero();
    }

    private JsonNode prune() {
        return Fixture.json(fixture.invoke(new PruneHandler(fixture.functions()), EVENT, Fixture.A_MINUTE));
    }

    private void put(Map<String, String> tags) {
        fixture.aws.secrets().put("orders", tags, "{}", Instant.parse("2020-01-01T00:00:00Z"));
    }
}
