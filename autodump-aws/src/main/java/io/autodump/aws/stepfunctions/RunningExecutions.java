package io.autodump.aws.stepfunctions;

import io.autodump.aws.AwsClients;
import io.autodump.aws.internal.AwsFailure;
import io.autodump.aws.internal.OptionalClient;
import io.autodump.core.error.ErrorCode;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The executions of one state machine that wait or run. AWS deletes a state machine only when they have ended.
 * Needs the permissions {@code states:ListExecutions} and {@code states:StopExecution}. Thread-safe.
 */
public final class RunningExecutions {
    /** The error of an execution that {@link #stopSome} has ended. */
    public static final String DRAINED = "AutoDump.Drained";

    private static final int PAGE = 1000;

    private final SfnClient client;
    private final String stateMachineArn;

    private RunningExecutions(SfnClient client, String stateMachineArn) {
        this.client = client;
        this.stateMachineArn = stateMachineArn;
    }

    /**
     * Uses the clients' connections and credentials.
     *
     * @throws IllegalStateException if {@code software.amazon.awssdk:sfn} isn't on the class path
     */
    public static RunningExecutions of(AwsClients clients, String stateMachineArn) {
        OptionalClient.STEP_FUNCTIONS.require();
        return new RunningExecutions(clients.client(SfnClient.class, SfnClient::builder), stateMachineArn);
    }

    /**
     * Stops up to 1,000 executions.
     *
     * @return how many were found; 0 if none is left. The list is eventually consistent: ask again after some seconds
     * @throws io.autodump.core.error.AutoDumpException {@code SCHEDULER_FAILED}; the executions that were
     *     stopped before stay so
     */
    public int stopSome() {
        List<ExecutionListItem> found = list();
        for (ExecutionListItem execution : found) {
            call(
                    "states:StopExecution",
                    () -> client.stopExecution(request -> request.executionArn(execution.executionArn())
                            .error(DRAINED)
                            .cause("AutoDump is being removed from this account and region.")));
        }
        return found.size();
    }

    private List<ExecutionListItem> list() {
        return call(
                "states:ListExecutions",
                () -> client.listExecutions(request -> request.stateMachineArn(stateMachineArn)
                                .statusFilter(ExecutionStatus.RUNNING)
                                .maxResults(PAGE))
                        .executions());
    }

    private <T> T call(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException failed) {
            throw new AwsFailure(
                            ErrorCode.SCHEDULER_FAILED, action, stateMachineArn, "some executions may still be waiting")
                    .of(failed);
        }
    }
}
