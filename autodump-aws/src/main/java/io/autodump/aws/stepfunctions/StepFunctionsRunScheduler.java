package io.autodump.aws.stepfunctions;

import io.autodump.aws.AwsClients;
import io.autodump.aws.internal.AwsFailure;
import io.autodump.aws.internal.OptionalClient;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.RunScheduler;
import io.autodump.core.wire.ExecutionInputJson;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionLimitExceededException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineTypeNotSupportedException;

/**
 * Starts each run as an execution of one standard state machine, named by {@link ScheduledRun#executionName()}. Needs
 * the permission {@code states:StartExecution} and the library {@code software.amazon.awssdk:sfn}, which {@code
 * autodump-aws} doesn't bring. Thread-safe.
 *
 * <p>Step Functions responds to a second start with the same name in two ways: with {@code ExecutionAlreadyExists}, or,
 * if an execution with that name and exactly the same input is running, with the response to the first start. The
 * second way exists for repeated requests. Each call of {@link #start} therefore adds its own token to the input. The
 * SDK's retries of one call carry the same token and get the first response again. Another call has another input and
 * gets {@code ExecutionAlreadyExists}. So exactly one call returns {@code NEW}, without a comparison of clocks.
 */
public final class StepFunctionsRunScheduler implements RunScheduler {
    private final SfnClient client;
    private final String stateMachineArn;
    private final StartRate rate;
    private final Supplier<String> startTokens;

    /**
     * A scheduler that uses a client of the caller's, who closes it.
     *
     * @param stateMachineArn of a standard state machine; an express one keeps no names
     * @param rate limits the starts of this process
     */
    @SuppressWarnings("exports") // The module of the client is optional: its users require it.
    public StepFunctionsRunScheduler(SfnClient client, String stateMachineArn, StartRate rate) {
        this(client, stateMachineArn, rate, () -> UUID.randomUUID().toString());
    }

    StepFunctionsRunScheduler(SfnClient client, String stateMachineArn, StartRate rate, Supplier<String> startTokens) {
        this.client = client;
        this.stateMachineArn = stateMachineArn;
        this.rate = rate;
        this.startTokens = startTokens;
    }

    /**
     * Returns a scheduler that uses the clients' connections and credentials.
     *
     * @param stateMachineArn of a standard state machine; an express one keeps no names
     * @param rate limits the starts of this process
     * @throws IllegalStateException if {@code software.amazon.awssdk:sfn} isn't on the class path
     */
    public static StepFunctionsRunScheduler create(AwsClients clients, String stateMachineArn, StartRate rate) {
        prepare(clients);
        return new StepFunctionsRunScheduler(
                clients.client(SfnClient.class, SfnClient::builder), stateMachineArn, rate);
    }

    /**
     * Makes the client in advance, for a program whose first start must be fast.
     *
     * @throws IllegalStateException if {@code software.amazon.awssdk:sfn} isn't on the class path
     */
    public static void prepare(AwsClients clients) {
        OptionalClient.STEP_FUNCTIONS.require();
        clients.client(SfnClient.class, SfnClient::builder);
    }

    @Override
    public Started start(ScheduledRun run) {
        String input = ExecutionInputJson.write(run, startTokens.get());
        rate.acquire();
        try {
            client.startExecution(request -> request.stateMachineArn(stateMachineArn)
                    .name(run.executionName())
                    .input(input));
            return Started.NEW;
        } catch (SdkException failed) {
            // Not a clause of its own: the JVM looks for the classes of all clauses before the first line runs.
            if (failed instanceof ExecutionAlreadyExistsException) {
                return Started.ALREADY;
            }
            throw failure(run, failed);
        }
    }

    private AutoDumpException failure(ScheduledRun run, SdkException failed) {
        AwsFailure failure = new AwsFailure(
                ErrorCode.SCHEDULER_FAILED,
                "states:StartExecution",
                stateMachineArn,
                "the run of " + run.secretName() + " at " + run.when() + " wasn't scheduled");
        if (failed instanceof StateMachineDoesNotExistException
                || failed instanceof StateMachineDeletingException
                || failed instanceof InvalidArnException) {
            return failure.of(
                    failed,
                    "name a state machine that exists in this account and region: the setting STATE_MACHINE_ARN");
        }
        if (failed instanceof StateMachineTypeNotSupportedException) {
            return failure.of(failed, "use a standard state machine: an express one can't wait for days");
        }
        if (failed instanceof ExecutionLimitExceededException) {
            return failure.of(failed, "the account has a million open executions: stop those that aren't needed");
        }
        return failure.of(failed);
    }
}
