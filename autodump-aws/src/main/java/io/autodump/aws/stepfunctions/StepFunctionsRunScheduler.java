package io.autodump.aws.stepfunctions;

import io.autodump.aws.internal.AwsFailure;
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
 * Runs as executions of one standard state machine, named by {@link ScheduledRun#executionName()}. Needs {@code
 * states:StartExecution}. Thread-safe.
 *
 * <p>Step Functions answers a second start of a name in two ways: with {@code ExecutionAlreadyExists}, or, if an
 * execution of that name is running with the very same input, with the first start's answer, as if it were new. The
 * second way is there for repeated requests. So each call of {@link #start} puts a token of its own into the input: the
 * SDK's retries of one call carry the same token and get the first answer again, while a second call of anybody's has
 * another input and is told that the run exists. {@code NEW} is thus given exactly once, without a look at any clock.
 */
public final class StepFunctionsRunScheduler implements RunScheduler {
    private final SfnClient client;
    private final String stateMachineArn;
    private final StartRate rate;
    private final Supplier<String> startTokens;

    /**
     * A scheduler for one state machine.
     *
     * @param stateMachineArn of a standard state machine; an express one keeps no names
     */
    public StepFunctionsRunScheduler(SfnClient client, String stateMachineArn, StartRate rate) {
        this(client, stateMachineArn, rate, () -> UUID.randomUUID().toString());
    }

    StepFunctionsRunScheduler(SfnClient client, String stateMachineArn, StartRate rate, Supplier<String> startTokens) {
        this.client = client;
        this.stateMachineArn = stateMachineArn;
        this.rate = rate;
        this.startTokens = startTokens;
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
        } catch (ExecutionAlreadyExistsException already) {
            return Started.ALREADY;
        } catch (SdkException failed) {
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
                    failed, "set STATE_MACHINE_ARN to a state machine of this account and region, and deploy it");
        }
        if (failed instanceof StateMachineTypeNotSupportedException) {
            return failure.of(failed, "use a standard state machine: an express one can't wait for days");
        }
        if (failed instanceof ExecutionLimitExceededException) {
            return failure.of(failed, "the account has a million open executions: stop those that nobody needs");
        }
        return failure.of(failed);
    }
}
