package io.autodump.cli.deployed;

import io.autodump.aws.stepfunctions.DeployedRuns;
import io.autodump.aws.stepfunctions.DeployedTask;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.AwsAccount;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.TaggedSecret;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of all commands that start something in the deployment. */
final class DeployedOptions {
    @Option(
            names = {"--wait", "--follow"},
            description = "Print the log of the job until it has ended, and exit as the same command on this machine"
                    + " would.")
    private boolean wait;

    @Option(
            names = "--state-machine",
            paramLabel = "ARN",
            description = "The state machine, an output of the stack. Default: the only one for this task with AutoDump"
                    + " in its name.")
    private Optional<String> stateMachine = Optional.empty();

    static void requireOnAws(Adapters machine) {
        if (!machine.configuration().hasSecretsOnAws()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the secrets of this configuration aren't on AWS; nothing was started",
                    "set \"secrets: aws\", or pass --secrets aws");
        }
    }

    static ScheduledRun runNow(Adapters machine, TaggedSecret secret, SecretTags tags) {
        return ScheduledRun.builder()
                .secretId(secret.id())
                .secretName(secret.name())
                .when(machine.clock().instant().truncatedTo(ChronoUnit.SECONDS))
                .tagsHash(TagsHash.of(tags))
                .build();
    }

    DeployedRuns runs(Adapters machine, DeployedTask task) {
        return AwsAccount.of(machine.configuration()).deployedRuns(task, stateMachine);
    }

    /**
     * Waits for the end of a run, if the user asked for that.
     *
     * @throws AutoDumpException the failure of the run
     */
    void await(Adapters machine, Terminal terminal, StartedRun run) {
        if (wait) {
            run.await(AwsAccount.of(machine.configuration()), terminal);
        }
    }
}
