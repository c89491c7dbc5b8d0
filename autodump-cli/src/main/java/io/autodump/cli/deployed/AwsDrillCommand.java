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

/** {@code autodump aws drill}: lets the deployment make a restore drill now. */
@Command(
        name = "drill",
        description = {
            "Lets the deployment on AWS prove the newest dump of a secret now, by restoring it.",
            "The job restores into the scratch server of the deployment, or into a server that it starts. It leaves a"
                    + " record beside the dump."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump aws drill orders", "  autodump aws drill orders --wait"})
final class AwsDrillCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;

    @Parameters(paramLabel = "NAME", description = "The name of the secret.")
    private String name = "";

    @Mixin
    private DeployedOptions deployed = new DeployedOptions();

    AwsDrillCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Adapters machine = adapters.get();
        Terminal terminal = terminals.get();
        DeployedOptions.requireOnAws(machine);
        ScheduledRun drill = drill(machine);
        DeployedRuns runs = deployed.runs(machine, DeployedTask.DRILL);
        String execution = runs.start(drill);
        terminal.print("started the restore drill of " + drill.when() + ": " + execution);
        deployed.await(machine, terminal, new StartedRun("drill", runs, execution, drill.secretId(), drill.when()));
        return 0;
    }

    /** The deployment may only look at secrets with a schedule. */
    private ScheduledRun drill(Adapters machine) {
        TaggedSecret secret = machine.secret(name);
        SecretTags tags = SecretTags.read(secret.tags());
        if (tags.schedule().isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_TAGS,
                    "secret " + name + " has no schedule, and the deployment looks only at secrets that have one;"
                            + " nothing was started",
                    "set autodump:start-schedule, or make the drill on this machine: autodump drill");
        }
        return DeployedOptions.runNow(machine, secret, tags);
    }
}
