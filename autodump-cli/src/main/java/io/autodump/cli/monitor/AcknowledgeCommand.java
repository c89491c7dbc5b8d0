package io.autodump.cli.monitor;

import io.autodump.cli.report.PruneText;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.Monitoring;
import io.autodump.core.dump.DumpManifest;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code autodump acknowledge}. */
@Command(
        name = "acknowledge",
        description = {
            "Records that a suspicious dump is as it should be.",
            "Retention then continues, and later dumps are compared with this one."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump acknowledge latest:orders --note \"2019 was archived\""})
public final class AcknowledgeCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final BiFunction<Adapters, String, DumpManifest> finder;
    private final Supplier<Terminal> terminals;

    @Parameters(
            paramLabel = "DUMP",
            description = {
                "The id or the key of a dump, its file or s3:// URI in the store, latest:NAME, or",
                "latest-proven:NAME."
            })
    private String dump = "";

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "The reason, for the record.")
    private String note = "";

    @Option(names = "--json", description = "Print a JSON document.")
    private boolean json;

    /**
     * Gets the adapters and the terminal once the options are parsed.
     *
     * @param finder finds the dump that a reference names
     */
    public AcknowledgeCommand(
            Supplier<Adapters> adapters,
            BiFunction<Adapters, String, DumpManifest> finder,
            Supplier<Terminal> terminals) {
        this.adapters = adapters;
        this.finder = finder;
        this.terminals = terminals;
    }

    @Override
    public Integer call() {
        Terminal terminal = terminals.get();
        Adapters machine = adapters.get();
        DumpManifest manifest = Monitoring.of(machine.autoDump())
                .acknowledge(finder.apply(machine, dump).key(), note);
        boolean suspicious = !manifest.suspicions().isEmpty();
        if (json) {
            terminal.printDocument(PruneText.acknowledged(manifest, suspicious));
        } else if (suspicious) {
            terminal.print(terminal.style().good("acknowledged") + " " + manifest.key() + ": "
                    + Text.line(String.join("; ", manifest.suspicions())));
        } else {
            terminal.print(manifest.key() + " isn't suspicious; nothing was changed");
        }
        return 0;
    }
}
