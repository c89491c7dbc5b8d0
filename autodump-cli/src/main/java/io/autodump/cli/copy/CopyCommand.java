package io.autodump.cli.copy;

import io.autodump.cli.report.WordedEvents;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.cli.wiring.Interruption;
import io.autodump.core.DumpCopies;
import io.autodump.core.copy.CopyItem;
import io.autodump.core.copy.CopyReport;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.local.notify.Notifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code autodump copy}. */
@Command(
        name = "copy",
        description = {
            "Copies the dumps that lack their copy to the stores of copy-to in the configuration, the newest first.",
            "A copy is read back and compared before it exists. autodump dump and autodump run copy by themselves;"
                    + " this catches up at once. Exits with the status of the worst failure."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  autodump copy",
            "  autodump copy orders",
            "  autodump copy --dry-run     shows which copies are missing",
            "  autodump list --store offsite"
        })
public final class CopyCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;
    private final Interruption interruption;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Copy only the dumps of these secrets.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--dry-run", description = "Show which copies are missing, and copy nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    /**
     * Gets the adapters and the terminal once the options are parsed.
     *
     * @param interruption stops a copy
     */
    public CopyCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals, Interruption interruption) {
        this.adapters = adapters;
        this.terminals = terminals;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.get();
        Adapters machine = adapters.get();
        if (machine.configuration().copyTo().isEmpty()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "dumps of " + machine.configuration().store() + " are copied nowhere; nothing was done",
                    "name a store under \"stores:\" and set \"copy-to: NAME\" in autodump.yaml; see"
                            + " docs/stores.md");
        }
        List<CopyReport> reports =
                dryRun ? DumpCopies.of(machine.wiredWithCopies().build()).missing(names) : copy(terminal, machine);
        if (json) {
            terminal.printDocument(CopyText.document(reports, dryRun));
        } else {
            reports.forEach(report -> print(terminal, report));
        }
        new CopyText(terminal, terminal::print).warn(reports);
        return reports.stream()
                .flatMap(report -> report.failures().stream())
                .mapToInt(failure -> failure.code().category().exitStatus())
                .max()
                .orElse(0);
    }

    private List<CopyReport> copy(Terminal terminal, Adapters machine) {
        Thread self = Thread.currentThread();
        return interruption.during(
                () -> {
                    try (Notifier notifier = machine.notifier(terminal::warn);
                            CopyText text = new CopyText(terminal, json ? terminal::say : terminal::print)) {
                        return DumpCopies.of(machine.wiredWithCopies()
                                        .dumpEvents(new WordedEvents(notifier))
                                        .build())
                                .copy(names, text);
                    }
                },
                self::interrupt,
                "nothing of the copy is left");
    }

    private void print(Terminal terminal, CopyReport report) {
        if (dryRun) {
            report.items().stream()
                    .filter(item -> item.failure().isEmpty())
                    .forEach(item -> terminal.print("missing in " + report.store() + ": "
                            + Text.line(item.key().value()) + ", " + Text.bytes(item.storedBytes())));
        }
        long done = report.items().stream()
                .map(CopyItem::failure)
                .filter(Optional::isEmpty)
                .count();
        String verb = dryRun ? " missing in " : " copied to ";
        terminal.print(Text.count(done, "dump") + verb + report.store());
    }
}
