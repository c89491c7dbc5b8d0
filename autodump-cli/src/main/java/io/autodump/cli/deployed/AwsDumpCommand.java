package io.autodump.cli.deployed;

import io.autodump.aws.stepfunctions.DeployedRuns;
import io.autodump.aws.stepfunctions.DeployedTask;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.secret.TaggedSecret;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;

    @Parameters(paramLabel = "NAME", description = "The name of the secret.")
    private String name = "";

    @Mixin
    private DeployedOptions deployed = new DeployedOptions();

    AwsDumpCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Adapters machine = adapters.get();
        Terminal terminal = terminals.get();
        DeployedOptions.requireOnAws(machine);
        ScheduledRun run = run(machine);
        DeployedRuns runs = deployed.runs(machine, DeployedTask.DUMP);
        String execution = runs.start(run);
        terminal.print("started the run of " + run.when() + ": " + execution);
        deployed.await(machine, terminal, new StartedRun("run", runs, execution, run.secretId(), run.when()));
        return 0;
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
        return DeployedOptions.runNow(machine, secret, tags);
    }
}
