package io.autodump.cli.deployed;

import com.google.common.util.concurrent.Uninterruptibles;
import io.autodump.aws.stepfunctions.DeployedLogs;
import io.autodump.aws.stepfunctions.DeployedRun;
import io.autodump.aws.stepfunctions.DeployedRuns;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.AwsAccount;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.secret.SecretId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of the deployment that this command has started.
 *
 * @param noun what it is, for messages
 * @param runs its state machine
 * @param execution the ARN of its execution
 * @param secret the secret of the run
 * @param when the instant of the run
 */
record StartedRun(String noun, DeployedRuns runs, String execution, SecretId secret, Instant when) {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Pattern CODE = Pattern.compile("AD-\\d{4}");

    /** The last lines of a log arrive a moment after the end of its job. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private static final int MOST_LATE = 5;

    /**
     * Prints the log of the run's jobs until the run has ended.
     *
     * @throws AutoDumpException the failure of the run
     */
    void await(AwsAccount account, Terminal terminal) {
        terminal.say("waiting until it has ended; ending this command doesn't end the " + noun);
        FollowedLog log = new FollowedLog(() -> logs(account), terminal);
        DeployedRun run = ended(log);
        printRest(log);
        if (!run.succeeded()) {
            throw failure(run);
        }
        terminal.print("ended: " + run.output().orElse(""));
    }

    private DeployedRun ended(FollowedLog log) {
        Duration pause = FIRST_PAUSE;
        DeployedRun run = runs.look(execution);
        while (run.running()) {
            log.printNew();
            Uninterruptibles.sleepUninterruptibly(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            run = runs.look(execution);
        }
        return run;
    }

    private DeployedLogs logs(AwsAccount account) {
        return account.deployedLogs(runs.logGroup(), secret, when);
    }

    private static void printRest(FollowedLog log) {
        log.printNew();
        for (int i = 0; i < MOST_LATE && log.mayGoOn(); i++) {
            Uninterruptibles.sleepUninterruptibly(LATE);
            log.printNew();
        }
    }

    /** The cause holds the report in the job's log, with the code of the failure. */
    private AutoDumpException failure(DeployedRun run) {
        String cause = run.cause().orElse("it was stopped, or Step Functions says no more");
        Matcher code = CODE.matcher(cause);
        ErrorCode known = code.find() ? known(code.group()) : ErrorCode.SCHEDULER_FAILED;
        return new AutoDumpException(
                known,
                "the " + noun + " on AWS failed: " + cause,
                "look at the execution and the job's log: " + execution);
    }

    private static ErrorCode known(String id) {
        return Arrays.stream(ErrorCode.values())
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElse(ErrorCode.SCHEDULER_FAILED);
    }
}
