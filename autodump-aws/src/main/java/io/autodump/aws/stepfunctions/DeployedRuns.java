package io.autodump.aws.stepfunctions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.autodump.aws.AwsClients;
import io.autodump.aws.internal.AwsFailure;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.RestoreRequest;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.wire.RestoreRequestJson;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** A job takes overrides of 8,192 characters, and the input stands in them as a JSON string. */
    private static final int MOST_INPUT = 4_000;

    private static final int HASH_LENGTH = 16;
    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern LOG_GROUP = Pattern.compile("\"LogGroupName\"\\s*:\\s*\"([^\"]+)\"");

    private final SfnClient client;
    private final String stateMachineArn;

    private DeployedRuns(SfnClient client, String stateMachineArn) {
        this.client = client;
        this.stateMachineArn = stateMachineArn;
    }

    /**
     * Finds the deployment.
     *
     * @param task what the runs do
     * @param stateMachineArn empty for the only state machine for this task whose name has {@code autodump} in it, in
     *     any case
     * @throws AutoDumpException {@code INVALID_ARGUMENT} if there are none or several; {@code SCHEDULER_FAILED} if they
     *     can't be listed
     * @throws IllegalStateException if {@code software.amazon.awssdk:sfn} isn't on the class path
     */
    public static DeployedRuns create(AwsClients clients, DeployedTask task, Optional<String> stateMachineArn) {
        StepFunctionsRunScheduler.prepare(clients);
        SfnClient client = clients.client(SfnClient.class, SfnClient::builder);
        return new DeployedRuns(client, stateMachineArn.orElseGet(() -> only(client, task)));
    }

    private static String only(SfnClient client, DeployedTask task) {
        List<String> found = call(
                "states:ListStateMachines",
                "*",
                () -> client.listStateMachinesPaginator(request -> request.build()).stateMachines().stream()
                        .filter(machine ->
                                machine.name().toLowerCase(Locale.ROOT).contains(NAME))
                        .filter(machine -> task.isOf(machine.name()))
                        .map(StateMachineListItem::stateMachineArn)
                        .toList());
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new AutoDumpException(
                ErrorCode.INVALID_ARGUMENT,
                (found.isEmpty() ? "no state machine" : found.size() + " state machines")
                        + " in this account and region have AutoDump in their names"
                        + (task == DeployedTask.DUMP ? "" : " and end with " + task.ending())
                        + (found.isEmpty() ? "" : " (" + String.join(", ", found) + ")") + "; nothing was started",
                "pass --state-machine with the output " + task.output() + " of the stack");
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
     * Starts a restore at once.
     *
     * @return the ARN of the execution
     * @throws AutoDumpException {@code INVALID_ARGUMENT} if the request is too long for a job; {@code SCHEDULER_FAILED}
     */
    public String start(RestoreRequest request) {
        String input = RestoreRequestJson.write(request);
        if (input.length() > MOST_INPUT) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the options of the restore have " + input.length() + " characters, and a job takes " + MOST_INPUT
                            + "; nothing was started",
                    "name fewer tables, or use patterns");
        }
        String hash = Hashing.sha256().hashString(input, UTF_8).toString().substring(0, HASH_LENGTH);
        String name = "restore-" + COMPACT.format(request.when()) + "-" + hash;
        return call(
                "states:StartExecution",
                stateMachineArn,
                () -> client.startExecution(execution -> execution
                                .stateMachineArn(stateMachineArn)
                                .name(name)
                                .input(input))
                        .executionArn());
    }

    /**
     * Returns the log group of the jobs, as the state machine knows it. Needs {@code states:DescribeStateMachine}.
     *
     * @throws AutoDumpException {@code SCHEDULER_FAILED} if the state machine can't be read, or names no log group
     */
    public String logGroup() {
        String definition = call(
                "states:DescribeStateMachine",
                stateMachineArn,
                () -> client.describeStateMachine(request -> request.stateMachineArn(stateMachineArn))
                        .definition());
        Matcher group = LOG_GROUP.matcher(definition);
        if (!group.find()) {
            throw new AutoDumpException(
                    ErrorCode.SCHEDULER_FAILED,
                    stateMachineArn + " names no log group of jobs",
                    "deploy the current version of AutoDump");
        }
        return group.group(1);
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
