package io.autodump.aws.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.AwsClients;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeExecutions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeployedRunsTest {
    private static final ScheduledRun RUN = ScheduledRun.builder()
            .secretId(SecretId.of("orders"))
            .secretName("orders")
            .when(Instant.parse("2026-11-22T08:00:00Z"))
            .tagsHash(TagsHash.of(SecretTags.read(Map.of("autodump:start-schedule", "0 8 - - -"))))
            .build();

    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = AwsClients.builder()
            .region(FakeAws.REGION)
            .credentials("any", "any")
            .endpoint(aws.endpoint())
            .build();

    @AfterEach
    void close() {
        clients.close();
        aws.close();
    }

    @Test
    void findsTheOnlyStateMachineStartsARunAndFollowsItToItsEnd() {
        DeployedRuns runs = DeployedRuns.create(clients, Optional.empty());

        String execution = runs.start(RUN);
        DeployedRun waiting = runs.look(execution);
        aws.executions().endWith("SUCCEEDED", "{\"outcome\":\"dumped\"}");
        DeployedRun ended = runs.look(execution);

        assertThat(runs.stateMachineArn()).isEqualTo(FakeExecutions.STATE_MACHINE);
        assertThat(waiting.running()).isTrue();
        assertThat(ended.running()).isFalse();
        assertThat(ended.succeeded()).isTrue();
        assertThat(ended.output()).contains("{\"outcome\":\"dumped\"}");
    }

    @Test
    void hasTheCauseOfAFailure() {
        DeployedRuns runs = DeployedRuns.create(clients, Optional.of(FakeExecutions.STATE_MACHINE));
        String execution = runs.start(RUN);

        aws.executions().endWith("FAILED", "there is no dump: AD-3010 permission denied");

        assertThat(runs.look(execution).succeeded()).isFalse();
        assertThat(runs.look(execution).cause()).contains("there is no dump: AD-3010 permission denied");
    }

    @Test
    void namesTheActionThatWasDenied() {
        aws.deny("ListStateMachines", "", "no");

        assertThatThrownBy(() -> DeployedRuns.create(clients, Optional.empty()))
                .hasMessageContaining("AD-4005: states:ListStateMachines");
    }
}
