package io.autodump.aws.stepfunctions;

import io.autodump.aws.AwsClients;
import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/**
 * Starts runs of a deployment at once, and follows them. Needs {@code states:StartExecution}, {@code
 * states:DescribeExecution}, and {@code states:ListStateMachines} to find the state machine. Thread-safe.
 */
public final class DeployedRuns {
    private static final String NAME = "autodump";
    private static final int STARTS = 1;

    private final SfnClient client;
    private final String stateMachineArn;

    private DeployedRuns(SfnClient client, String stateMachineArn) {
        this.client = client;
        this.stateMachineArn = stateMachineArn;
    }

    /**
     * Finds the deployment.
     *
     * @param stateMachineArn empty for the only state machine whose name has {@code autodump} in it, in any case
     * @throws AutoDumpException {@code INVALID_ARGUMENT} if there are none or several; {@code SCHEDULER_FAILED} if they
     *     can't be listed
     * @throws IllegalStateException if {@code software.amazon.awssdk:sfn} isn't on the class path
     */
    public static DeployedRuns create(AwsClients clients, Optional<String> stateMachineArn) {
        StepFunctionsRunScheduler.prepare(clients);
        SfnClient client = clients.client(SfnClient.class, SfnClient::builder);
        return new DeployedRuns(client, stateMachineArn.orElseGet(() -> only(client)));
    }

    private static String only(SfnClient client) {
        List<String> found = call(
                "states:ListStateMachines",
                "*",
                () -> client.listStateMachinesPaginator(request -> request.build()).stateMachines().stream()
                        .filter(machine ->
                                machine.name().toLowerCase(Locale.ROOT).contains(NAME))
                        .map(StateMachineListItem::stateMachineArn)
                        .toList());
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new AutoDumpException(
                ErrorCode.INVALID_ARGUMENT,
                (found.isEmpty() ? "no state machine" : found.size() + " state machines")
                        + " in this account and region have AutoDump in their names"
                        + (found.isEmpty() ? "" : " (" + String.join(", ", found) + ")") + "; nothing was started",
                "pass --state-machine with the output StateMachine of the stack");
    }

    /** Returns the ARN of the state machine. */
    public String stateMachineArn() {
        return stateMachineArn;
    }

    /**
     * Starts a run, which waits until its instant; for an instant that has passed, it begins now.
     *
     * @return the ARN of the execution
     * @throws AutoDumpException {@code SCHEDULER_FAILED}
     */
    public String start(ScheduledRun run) {
        new StepFunctionsRunScheduler(client, stateMachineArn, StartRate.of(STARTS, STARTS)).start(run);
        return stateMachineArn.replace(":stateMachine:", ":execution:") + ":" + run.executionName();
    }

    /**
     * Looks at an execution.
     *
     * @throws AutoDumpException {@code SCHEDULER_FAILED} if it can't be read
     */
    public DeployedRun look(String executionArn) {
        DescribeExecutionResponse found = call(
                "states:DescribeExecution",
                executionArn,
                () -> client.describeExecution(request -> request.executionArn(executionArn)));
        return new DeployedRun(
                found.status() == ExecutionStatus.RUNNING,
                found.status() == ExecutionStatus.SUCCEEDED,
                Optional.ofNullable(found.output()),
                Optional.ofNullable(found.cause()).or(() -> Optional.ofNullable(found.error())));
    }

    private static <T> T call(String action, String resource, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException failed) {
            throw new AwsFailure(ErrorCode.SCHEDULER_FAILED, action, resource, "nothing was changed").of(failed);
        }
    }
}
