package io.autodump.cli.monitor;

import io.autodump.cli.report.HistoryText;
import io.autodump.cli.report.StatusDocument;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.Monitoring;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.usecase.status.HistoryEntry;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code autodump history}. */
@Command(
        name = "history",
        description = "Lists the newest runs of a secret that have ended, newest first: made, failed and missed ones.",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump history orders", "  autodump history orders --limit 90 --json"})
public final class HistoryCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    private final Supplier<Adapters> adapters;
    private final Supplier<Terminal> terminals;

    @Parameters(paramLabel = "NAME", description = "The name of the secret; it needn't exist any more.")
    private String name = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many runs, 1 to 10000. Default: 30.")
    private int limit = 30;

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    /** Gets the adapters and the terminal once the options are parsed. */
    public HistoryCommand(Supplier<Adapters> adapters, Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--limit is 1 to " + MOST + ", not " + limit + "; nothing was done",
                    "see: autodump history --help");
        }
        Terminal terminal = terminals.get();
        Adapters machine = adapters.get();
        machine.requireName(name);
        List<HistoryEntry> runs = Monitoring.of(machine.autoDump()).history(name, limit);
        if (runs.isEmpty()) {
            machine.secret(name);
        }
        if (json) {
            terminal.printDocument(StatusDocument.history(name, runs));
        } else if (runs.isEmpty()) {
            terminal.say("no run of " + name + " has ended yet; make a dump with: autodump dump " + name);
        } else {
            new HistoryText(terminal).print(runs);
        }
        return 0;
    }
}
