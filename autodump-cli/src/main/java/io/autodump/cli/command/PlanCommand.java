package io.autodump.cli.command;

import io.autodump.cli.report.CommandHints;
import io.autodump.cli.report.PlanDocument;
import io.autodump.cli.report.PlanText;
import io.autodump.cli.report.SecretPlan;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.Adapters.TaggedSecrets;
import io.autodump.cli.wiring.NewestManifests;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        description = {
            "Shows the next five runs, the settings and the invalid tags of every tagged secret, and what its newest"
                    + " dump left out.",
            "Exits with status 2 if any secret has invalid tags."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump plan", "  autodump plan orders", "  autodump plan --json | jq '.secrets[].runs[0].utc'"})
final class PlanCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show only this secret.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    PlanCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Terminal terminal = context.terminal();
        Adapters machine = context.machineWithSecretsForQuestion();
        Instant now = machine.clock().instant();
        TaggedSecrets listed = secrets(machine);
        List<SecretPlan> plans = withNotIncluded(
                machine,
                listed.secrets().stream()
                        .map(secret -> SecretPlan.of(
                                secret, now, machine.configuration().deployment()))
                        .toList());
        if (json) {
            terminal.printDocument(PlanDocument.of(
                    plans,
                    listed.failure(),
                    listed.failure().map(machine::platform).orElse(Platform.OWN)));
        } else {
            new PlanText(terminal, now).print(plans);
            if (plans.isEmpty() && listed.failure().isEmpty()) {
                terminal.say("no secret in " + machine.secrets().place() + " has an autodump: tag");
            }
        }
        listed.failure().map(CommandHints.WORDS::in).ifPresent(failure -> terminal.fail(failure.report()));
        return exitStatus(plans, listed);
    }

    /** A plan is of use without a store, so a store that can't be read is a warning. */
    private List<SecretPlan> withNotIncluded(Adapters machine, List<SecretPlan> plans) {
        try {
            NewestManifests newest = NewestManifests.in(machine.store());
            return plans.stream()
                    .map(plan -> newest.of(plan.name())
                            .map(dump -> plan.notIncluded(dump.notIncluded()))
                            .orElse(plan))
                    .toList();
        } catch (AutoDumpException unreadable) {
            context.terminal()
                    .warn("what dumps leave out isn't shown, because the store can't be read: "
                            + unreadable.description());
            return plans;
        }
    }

    private TaggedSecrets secrets(Adapters machine) {
        return name.map(one -> new TaggedSecrets(List.of(machine.secret(one)), Optional.empty()))
                .orElseGet(machine::tagged);
    }

    private static int exitStatus(List<SecretPlan> plans, TaggedSecrets listed) {
        boolean invalid = plans.stream().anyMatch(plan -> !plan.problems().isEmpty());
        return Math.max(
                invalid ? ErrorCode.INVALID_TAGS.category().exitStatus() : 0,
                listed.failure()
                        .map(failure -> failure.code().category().exitStatus())
                        .orElse(0));
    }
}
