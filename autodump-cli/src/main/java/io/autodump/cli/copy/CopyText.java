package io.autodump.cli.copy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.cli.report.CommandHints;
import io.autodump.cli.terminal.ProgressDisplay;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.copy.CopyItem;
import io.autodump.core.copy.CopyListener;
import io.autodump.core.copy.CopyReport;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Shows copies while they are made, and what became of them. Not thread-safe. */
public final class CopyText implements CopyListener, AutoCloseable {
    private final Terminal terminal;
    private final Consumer<String> made;
    private Optional<ProgressDisplay> progress = Optional.empty();

    /**
     * Shows copies.
     *
     * @param made receives a line for each copy that was made
     */
    public CopyText(Terminal terminal, Consumer<String> made) {
        this.terminal = terminal;
        this.made = made;
    }

    @Override
    public DumpProgress begins(String store, DumpManifest dump) {
        ProgressDisplay display = terminal.progress(dump.secretName() + " to " + store);
        display.expect(dump.storedBytes(), true);
        progress = Optional.of(display);
        return display;
    }

    @Override
    public void ended(String store, CopyItem item) {
        close();
        if (item.failure().isEmpty()) {
            made.accept("copied to " + store + ": " + Text.line(item.key().value()) + ", "
                    + Text.bytes(item.storedBytes()));
        } else {
            terminal.warn(item.key() + " wasn't copied to " + store + ": "
                    + report(item.failure().get()));
        }
    }

    /** Prints which stores couldn't be used; the failures of single copies were shown already. */
    public void warn(List<CopyReport> reports) {
        for (CopyReport report : reports) {
            boolean shown =
                    report.items().stream().anyMatch(item -> item.failure().equals(report.failure()));
            report.failure()
                    .filter(failure -> !shown)
                    .ifPresent(failure ->
                            terminal.warn("dumps couldn't be copied to " + report.store() + ": " + report(failure)));
        }
    }

    private static String report(AutoDumpException failure) {
        return CommandHints.WORDS.in(failure).report();
    }

    /** The document of {@code autodump copy}. */
    static String document(List<CopyReport> reports, boolean dryRun) {
        ObjectNode document =
                new JsonMapper().createObjectNode().put("schemaVersion", 1).put("dryRun", dryRun);
        ArrayNode stores = document.putArray("stores");
        for (CopyReport report : reports) {
            ObjectNode store = stores.addObject().put("name", report.store());
            ArrayNode copies = store.putArray(dryRun ? "missing" : "copies");
            for (CopyItem item : report.items()) {
                ObjectNode copy =
                        copies.addObject().put("key", item.key().value()).put("storedBytes", item.storedBytes());
                item.failure().ifPresent(failure -> write(failure, copy));
            }
            report.failure().ifPresent(failure -> write(failure, store));
        }
        return document.toPrettyString() + "\n";
    }

    private static void write(AutoDumpException failure, ObjectNode node) {
        node.put("code", failure.code().id()).put("problem", report(failure));
    }

    /** Ends the progress of a copy. */
    @Override
    public void close() {
        progress.ifPresent(ProgressDisplay::close);
        progress = Optional.empty();
    }
}
