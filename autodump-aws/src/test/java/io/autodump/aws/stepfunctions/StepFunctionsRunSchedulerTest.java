package io.autodump.aws.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.aws.AwsClients;
import io.autodump.aws.TestClients;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.port.RunScheduler.Started;
import io.autodump.core.secret.SecretId;
import io.autodump.core.wire.ExecutionInputJson;
import io.autodump.testkit.aws.FakeAws;
import io.autodump.testkit.aws.FakeExecutions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;

class StepFunctionsRunSchedulerTest {
    private static final ScheduledRun RUN = ScheduledRun.builder()
            .secretId(SecretId.of("arn:aws:secretsmanager:us-east-1:123456789012:secret:team/orders-a1B2c3"))
            .secretName("team/orders")
            .when(Instant.parse("2126-11-22T08:00:00Z"))
            .tagsHash(new TagsHash("V2" + "0".repeat(32)))
            .build();

    private final FakeAws aws = FakeAws.start();
    private final AwsClients clients = TestClients.of(aws);

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    @Test
    void namesTheExecutionAfterTheRunAndGivesItTheRunAsInput() {
        scheduler().start(RUN);

        assertThat(aws.executions().all()).singleElement().satisfies(execution -> {
            assertThat(execution.name()).isEqualTo(RUN.executionName());
            ScheduledRun read = ExecutionInputJson.parse("input", execution.input(), id -> "team/orders");
            assertThat(read).isEqualTo(RUN);
        });
    }

    @Test
    void tellsASecondStartAlsoWhileTheFirstRunStillWaits() {
        assertThat(scheduler().start(RUN)).isEqualTo(Started.NEW);
        assertThat(scheduler().start(RUN)).isEqualTo(Started.ALREADY);
        aws.executions().endAll();
        assertThat(scheduler().start(RUN)).isEqualTo(Started.ALREADY);
    }

    @Test
    void takesTheRepetitionOfItsOwnLostRequestForTheFirst() {
        aws.loseAnswers("StartExecution", 2);

        assertThat(scheduler().start(RUN)).isEqualTo(Started.NEW);
        assertThat(aws.calls("StartExecution")).isEqualTo(3);
        assertThat(aws.executions().all()).hasSize(1);
        assertThat(aws.executions().refused()).isZero();
    }

    @Test
    void saysWhatToSetWhenThereIsNoSuchStateMachine() {
        StepFunctionsRunScheduler elsewhere = new StepFunctionsRunScheduler(
                clients.client(SfnClient.class, SfnClient::builder),
                FakeExecutions.STATE_MACHINE + "2",
                StartRate.of(1000, 10));

        AutoDumpException failed = catchThrowableOfType(AutoDumpException.class, () -> elsewhere.start(RUN));

        assertThat(failed.code()).isEqualTo(ErrorCode.SCHEDULER_FAILED);
        assertThat(failed.report()).contains("StateMachineDoesNotExist").contains("STATE_MACHINE_ARN");
    }

    @Test
    void namesTheMissingPermission() {
        aws.deny("StartExecution", "", "not authorized to perform: states:StartExecution");

        AutoDumpException failed =
                catchThrowableOfType(AutoDumpException.class, () -> scheduler().start(RUN));

        assertThat(failed.code()).isEqualTo(ErrorCode.SCHEDULER_FAILED);
        assertThat(failed.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("allow states:StartExecution"));
    }

    @Test
    void failsWhenEveryCallIsThrottledAndSaysSo() {
        aws.throttleEvery(1);
        try (AwsClients impatient = TestClients.builder(aws)
                .callTimeout(java.time.Duration.ofMillis(500))
                .build()) {
            StepFunctionsRunScheduler scheduler = new StepFunctionsRunScheduler(
                    impatient.client(SfnClient.class, SfnClient::builder),
                    FakeExecutions.STATE_MACHINE,
                    StartRate.of(1000, 10));

            AutoDumpException failed = catchThrowableOfType(AutoDumpException.class, () -> scheduler.start(RUN));
            assertThat(failed.code()).isEqualTo(ErrorCode.SCHEDULER_FAILED);
        }
        assertThat(aws.executions().all()).isEmpty();
    }

    private StepFunctionsRunScheduler scheduler() {
        return new StepFunctionsRunScheduler(
                clients.client(SfnClient.class, SfnClient::builder),
                FakeExecutions.STATE_MACHINE,
                StartRate.of(1000, 10));
    }
}
