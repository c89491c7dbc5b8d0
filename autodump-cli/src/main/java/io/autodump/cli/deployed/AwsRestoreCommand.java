package io.autodump.cli.deployed;

import io.autodump.aws.stepfunctions.DeployedRuns;
import io.autodump.aws.stepfunctions.DeployedTask;
import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.usage.RestoreChoice;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.contract.TagNames;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.plan.RestoreRequest;
import io.autodump.core.plan.SecretTags;
import io.autodump.core.secret.TaggedSecret;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code autodump aws restore}: lets the deployment restore a dump. */
@Command(
        name = "restore",
        sortOptions = false,
        description = {
            "Lets the deployment on AWS verify a dump and restore it into the database of another secret.",
            "The job runs in the VPC of the deployment, so this machine needs no way to the database. The secret of"
                    + " the target must have the tag autodump:restore-target=true.",
            "Refuses a database that isn't empty unless you pass --into-nonempty, and one that doesn't exist unless you"
                    + " pass --create."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump aws restore latest:orders --to staging --wait",
            "  autodump aws restore latest:orders --to staging --database copy --create --jobs 4 --wait",
            "  autodump aws restore latest:orders --to staging --dry-run --wait"
        })
final class AwsRestoreCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final BiFunction<Adapters, String, DumpManifest> finder;
    private final Supplier<Terminal> terminals;
    private final Function<String, Optional<String>> prompt;

    @Parameters(
            paramLabel = "DUMP",
            description = "The id or the key of a dump, its s3:// URI, latest:NAME, or latest-proven:NAME.")
    private String dump = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "NAME",
            description = "The secret of the database to restore into.")
    private String name = "";

    @Option(
            names = "--database",
            paramLabel = "DATABASE",
            description = "Restore into this database on the same server, for example with --create.")
    private Optional<String> database = Optional.empty();

    @Mixin
    private RestoreChoice choice = new RestoreChoice();

    @Option(names = "--dry-run", description = "Let the job say what would fail. Change nothing.")
    private boolean dryRun;

    @Mixin
    private DeployedOptions deployed = new DeployedOptions();

    AwsRestoreCommand(
            Supplier<Adapters> adapters,
            BiFunction<Adapters, String, DumpManifest> finder,
            Supplier<Terminal> terminals,
            Function<String, Optional<String>> prompt) {
        this.adapters = adapters;
        this.finder = finder;
        this.terminals = terminals;
        this.prompt = prompt;
    }

    @Override
    public Integer call() {
        RestoreOptions options = choice.options();
        Adapters machine = adapters.get();
        Terminal terminal = terminals.get();
        DeployedOptions.requireOnAws(machine);
        TaggedSecret target = target(machine);
        StoreLocation.Remote store = store(machine);
        DumpManifest manifest = finder.apply(machine, dump);
        if (choice.mustBeConfirmed() && !dryRun) {
            confirm();
        }
        RestoreRequest request = RestoreRequest.builder()
                .target(target.id())
                .when(machine.clock().instant().truncatedTo(ChronoUnit.SECONDS))
                .bucket(store.container())
                .prefix(store.prefix())
                .dump(manifest.key())
                .database(database)
                .dryRun(dryRun)
                .options(options)
                .build();
        DeployedRuns runs = deployed.runs(machine, DeployedTask.RESTORE);
        String execution = runs.start(request);
        terminal.print("started the restore of " + manifest.key() + " into the database of " + Text.line(name) + ": "
                + execution);
        deployed.await(machine, terminal, new StartedRun("restore", runs, execution, request.target(), request.when()));
        return 0;
    }

    private TaggedSecret target(Adapters machine) {
        TaggedSecret secret = machine.secret(name);
        SecretTags tags = SecretTags.read(secret.tags());
        if (!tags.restoreTarget()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_TAGS,
                    "secret " + Text.line(name) + " isn't tagged " + TagNames.RESTORE_TARGET
                            + "=true, and the deployment restores only into databases whose secrets are; nothing was"
                            + " started",
                    "tag it: aws secretsmanager tag-resource --secret-id '" + Text.line(name) + "' --tags Key="
                            + TagNames.RESTORE_TARGET + ",Value=true");
        }
        if (tags.databases().isPresent() && database.isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the secret " + Text.line(name) + " has several databases (" + TagNames.DATABASES
                            + "); nothing was started",
                    "name the one to restore into: --database DATABASE");
        }
        return secret;
    }

    private static StoreLocation.Remote store(Adapters machine) {
        if (machine.configuration().store() instanceof StoreLocation.Remote store) {
            return store;
        }
        throw new AutoDumpException(
                ErrorCode.INVALID_ARGUMENT,
                "the dumps of this configuration are in a folder, which the deployment can't read; nothing was"
                        + " started",
                "set \"store: s3://BUCKET\", or pass --store s3://BUCKET, with a bucket of the deployment");
    }

    private void confirm() {
        String typed = prompt.apply(Text.line("--clean drops the database of secret " + name
                        + database.map(other -> ", or rather database " + other + " on its server,")
                                .orElse("")
                        + " with all that it holds. Type the name of the secret to go on: "))
                .orElse("");
        if (!typed.equals(name)) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--clean drops the database with all that it holds, and the name of its secret wasn't typed to"
                            + " confirm that; nothing was started",
                    "type the name of the secret, or add --yes");
        }
    }
}
