package io.autodump.cli.manage;

import io.autodump.cli.report.DumpId;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code autodump delete}. */
@Command(
        name = "delete",
        description = {
            "Deletes one finished dump, after you have typed its id.",
            "The manifest goes first, so that no half of a dump is ever listed. autodump prune deletes by"
                    + " autodump:retention."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  autodump delete 3eabbd08", "  autodump delete 3eabbd08 --yes"})
public final class DeleteCommand implements Callable<Integer> {
    private final Supplier<Adapters> adapters;
    private final BiFunction<Adapters, String, DumpManifest> finder;
    private final Supplier<Terminal> terminals;
    private final Function<String, Optional<String>> prompt;

    @Parameters(
            paramLabel = "DUMP",
            description = "The id or the key of a dump, its file or s3:// URI in the store, or latest:NAME.")
    private String dump = "";

    @Option(names = "--yes", description = "Delete without asking.")
    private boolean yes;

    /**
     * Gets the adapters and the terminal once the options are parsed.
     *
     * @param finder finds the dump that a reference names
     * @param prompt asks a person for a line; returns empty if there is no terminal
     */
    public DeleteCommand(
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
        Terminal terminal = terminals.get();
        Adapters machine = adapters.get();
        DumpManifest manifest = finder.apply(machine, dump);
        requireConsent(manifest);
        machine.autoDump().delete(manifest.key());
        terminal.print(
                terminal.style().good("deleted") + " " + manifest.key() + ", " + Text.bytes(manifest.storedBytes()));
        return 0;
    }

    private void requireConsent(DumpManifest manifest) {
        String id = DumpId.of(manifest.key());
        if (yes) {
            return;
        }
        String typed = prompt.apply("This deletes " + Text.line(manifest.key().value()) + ", "
                        + Text.bytes(manifest.storedBytes()) + ". Type its id, " + id + ", to go on: ")
                .orElseThrow(() -> refused("there is no terminal to ask at", "pass --yes"));
        if (!typed.strip().equals(id)) {
            throw refused("that isn't " + id, "type the id as it is shown, or pass --yes");
        }
    }

    private static AutoDumpException refused(String why, String hint) {
        return new AutoDumpException(ErrorCode.INVALID_ARGUMENT, why + "; nothing was deleted", hint);
    }
}
