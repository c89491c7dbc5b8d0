package io.autodump.aws.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autodump.aws.AwsClients;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.plan.RestoreRequest;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.SecretId;
import io.autodump.core.wire.RestoreRequestJson;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeExecutions;
import java.time.Instant;
import java.util.Collections;
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
        DeployedRuns runs = DeployedRuns.create(clients, DeployedTask.DUMP, Optional.empty());

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
        DeployedRuns runs = DeployedRuns.create(clients, DeployedTask.DUMP, Optional.of(FakeExecutions.STATE_MACHINE));
        String execution = runs.start(RUN);

        aws.executions().endWith("FAILED", "there is no dump: AD-3010 permission denied");

        assertThat(runs.look(execution).succeeded()).isFalse();
        assertThat(runs.look(execution).cause()).contains("there is no dump: AD-3010 permission denied");
    }

    @Test
    void startsARestoreByTheStateMachineForRestores() {
        DeployedRuns restores = DeployedRuns.create(clients, DeployedTask.RESTORE, Optional.empty());
        RestoreRequest request = request(RestoreOptions.DEFAULTS);

        String execution = restores.start(request);

        assertThat(restores.stateMachineArn()).isEqualTo(FakeExecutions.RESTORES);
        assertThat(execution).contains(":execution:autodump-restore:restore-20261126T190000Z-");
        assertThat(restores.look(execution).running()).isTrue();
        assertThat(aws.executions().of(FakeExecutions.RESTORES))
                .singleElement()
                .satisfies(started -> assertThat(RestoreRequestJson.parse("input", started.input()))
                        .isEqualTo(request));
        assertThat(restores.logGroup()).isEqualTo(FakeExecutions.LOG_GROUP);
    }

    @Test
    void startsADrillByTheStateMachineForDrills() {
        DeployedRuns drills = DeployedRuns.create(clients, DeployedTask.DRILL, Optional.empty());

        drills.start(RUN);

        assertThat(drills.stateMachineArn()).isEqualTo(FakeExecutions.DRILLS);
        assertThat(aws.executions().of(FakeExecutions.DRILLS)).hasSize(1);
    }

    @Test
    void refusesARequestThatIsTooLongForAJob() {
        DeployedRuns restores = DeployedRuns.create(clients, DeployedTask.RESTORE, Optional.empty());
        RestoreOptions many = RestoreOptions.builder()
                .tables(Collections.nCopies(500, "public.orders"))
                .build();

        assertThatThrownBy(() -> restores.start(request(many)))
                .hasMessageContaining("AD-1004")
                .hasMessageContaining("nothing was started");
        assertThat(aws.executions().all()).isEmpty();
    }

    private static RestoreRequest request(RestoreOptions options) {
        return RestoreRequest.builder()
                .target(SecretId.of("staging"))
                .when(Instant.parse("2026-11-26T19:00:00Z"))
                .bucket("acme-dumps")
                .dump(DumpKey.parse("orders/shop/2026/11/22/shop-2026-11-22T08-00-00Z.dump.zst")
                        .orElseThrow())
                .options(options)
                .build();
    }

    @Test
    void namesTheActionThatWasDenied() {
        aws.deny("ListStateMachines", "", "no");

        assertThatThrownBy(() -> DeployedRuns.create(clients, DeployedTask.DUMP, Optional.empty()))
                .hasMessageContaining("AD-4005: states:ListStateMachines");
    }
}
