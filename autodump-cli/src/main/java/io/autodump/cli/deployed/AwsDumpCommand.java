package io.autodump.cli.deployed;

import com.google.common.util.concurrent.Uninterruptibles;
import io.autodump.aws.stepfunctions.DeployedRun;
import io.autodump.aws.stepfunctions.DeployedRuns;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.AwsAccount;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.plan.TagsHash;
import io.autodump.core.secret.TaggedSecret;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code autodump aws dump}: starts a run of the deployment now. */
@Command(
        name = "dump",
        description = {
            "Lets the deployment on AWS dump the database of a secret now, regardless of its schedule.",
            "The job runs in the VPC of the deployment. The next scheduled run isn't affected."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump aws dump orders", "  autodump aws dump orders --wait"})
final class AwsDumpCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Pattern CODE = Pattern.compile("AD-\\d{4}");

    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;

    @Parameters(paramLabel = "NAME", description = "The name of the secret.")
    private String name = "";

    @Option(names = "--wait", description = "Wait until the run has ended, and exit as the dump would.")
    private boolean wait;

    @Option(
            names = "--state-machine",
            paramLabel = "ARN",
            description = "The state machine, an output of the stack. Default: the only one with AutoDump in its name.")
    private Optional<String> stateMachine = Optional.empty();

    AwsDumpCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Adapters machine = adapters.get();
        Terminal terminal = terminals.get();
        requireOnAws(machine);
        ScheduledRun run = run(machine);
        DeployedRuns runs = AwsAccount.of(machine.configuration()).deployedRuns(stateMachine);
        String execution = runs.start(run);
        terminal.print("started the run of " + run.when() + ": " + execution);
        if (!wait) {
            return 0;
        }
        terminal.say("waiting until it has ended; ending this command doesn't end the run");
        DeployedRun ended = ended(runs, execution);
        if (!ended.succeeded()) {
            throw failure(ended, execution);
        }
        terminal.print("ended: " + ended.output().orElse(""));
        return 0;
    }

    private static void requireOnAws(Adapters machine) {
        if (!machine.configuration().hasSecretsOnAws()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the secrets of this configuration aren't on AWS; nothing was started",
                    "set \"secrets: aws\", or pass --secrets aws");
        }
    }

    /** The deployment makes only runs that the secret's tags ask for. */
    private ScheduledRun run(Adapters machine) {
        TaggedSecret secret = machine.secret(name);
        SecretTags tags = SecretTags.read(secret.tags());
        if (tags.schedule().isEmpty() || tags.paused()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_TAGS,
                    "secret " + name
                            + " has no schedule or is paused, and the deployment dumps only scheduled databases;"
                            + " nothing was started",
                    "set autodump:start-schedule, and autodump:enabled to true");
        }
        return ScheduledRun.builder()
                .secretId(secret.id())
                .secretName(secret.name())
                .when(machine.clock().instant().truncatedTo(ChronoUnit.SECONDS))
                .tagsHash(TagsHash.of(tags))
                .build();
    }

    private static DeployedRun ended(DeployedRuns runs, String execution) {
        DeployedRun run = runs.look(execution);
        while (run.running()) {
            Uninterruptibles.sleepUninterruptibly(PAUSE);
            run = runs.look(execution);
        }
        return run;
    }

    /** The cause holds the report in the job's log, with the code of the failure. */
    private static AutoDumpException failure(DeployedRun run, String execution) {
        String cause = run.cause().orElse("it was stopped, or Step Functions says no more");
        Matcher code = CODE.matcher(cause);
        ErrorCode known = code.find()
                ? Arrays.stream(ErrorCode.values())
                        .filter(each -> each.id().equals(code.group()))
                        .findFirst()
                        .orElse(ErrorCode.SCHEDULER_FAILED)
                : ErrorCode.SCHEDULER_FAILED;
        return new AutoDumpException(
                known, "the run on AWS failed: " + cause, "look at the execution and the job's log: " + execution);
    }
}
