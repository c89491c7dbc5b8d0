package io.autodump.cli.monitor;

import io.autodump.cli.report.CommandHints;
import io.autodump.cli.report.PruneText;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.Monitoring;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.Platform;
import io.autodump.core.usecase.retain.PruneReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code autodump prune}. */
@Command(
        name = "prune",
        description = {
            "Deletes the dumps that autodump:retention doesn't keep, and prints each decision with its reason.",
            "Also deletes files without a manifest that are older than 7 days, and records of runs that are older"
                    + " than 90 days. A secret without autodump:retention keeps all its dumps."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump prune --dry-run", "  autodump prune orders"})
public final class PruneCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Prune only these secrets.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--dry-run", description = "Show what would be deleted, and delete nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    /** Gets the adapters and the terminal once the options are parsed. */
    public PruneCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.get();
        Adapters machine = adapters.get();
        names.forEach(machine::secret);
        PruneReport report = Monitoring.of(machine.autoDump()).prune(names, dryRun);
        if (json) {
            Platform platform = report.failure().map(machine::platform).orElse(Platform.OWN);
            terminal.printDocument(PruneText.document(report, platform));
        } else {
            new PruneText(terminal).print(report);
        }
        report.problems().forEach(terminal::warn);
        report.failure().map(CommandHints.WORDS::in).ifPresent(failure -> terminal.fail(failure.report()));
        return exitStatus(report);
    }

    private static int exitStatus(PruneReport report) {
        int problems = report.problems().isEmpty()
                ? 0
                : ErrorCode.INVALID_TAGS.category().exitStatus();
        return report.failure()
                .map(failure -> failure.code().category().exitStatus())
                .orElse(problems);
    }
}
