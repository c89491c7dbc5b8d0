package io.autodump.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.cli.terminal.Style;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.Platform;
import io.autodump.core.usecase.retain.PruneItem;
import io.autodump.core.usecase.retain.PruneReport;

/** Prints the decisions of a prune, for a person or a program. Not thread-safe. */
public final class PruneText {
    private final Terminal terminal;
    private final Style style;

    /** Prints to this terminal. */
    public PruneText(Terminal terminal) {
        this.terminal = terminal;
        this.style = terminal.style();
    }

    /** Prints one decision per line, and a summary. */
    public void print(PruneReport report) {
        for (PruneItem item : report.items()) {
            String word = item.deleted() ? style.warning("delete") : style.good("keep  ");
            terminal.print(word + "  " + Text.line(item.key()) + "  " + style.faint(Text.line(item.reason())));
        }
        terminal.print((report.dryRun() ? "would delete " : "deleted ")
                + Text.count(report.deleted(PruneItem.Kind.DUMP), "dump") + ", "
                + Text.count(report.deleted(PruneItem.Kind.UNFINISHED), "file") + " without a manifest, "
                + Text.count(report.deleted(PruneItem.Kind.RECORD), "record"));
    }

    /**
     * The document of {@code autodump prune}.
     *
     * @param platform whose the store is
     */
    public static String document(PruneReport report, Platform platform) {
        ObjectNode document = Documents.document().put("dryRun", report.dryRun());
        ArrayNode items = document.putArray("items");
        report.items()
                .forEach(item -> items.addObject()
                        .put("kind", item.kind().text())
                        .put("key", item.key())
                        .put("action", item.deleted() ? "delete" : "keep")
                        .put("reason", item.reason()));
        report.problems().forEach(document.putArray("problems")::add);
        report.failure()
                .ifPresent(failure -> Documents.write(
                        failure, document, failure.code().category().exitStatus(), platform));
        return Documents.text(document);
    }

    /** The document of {@code autodump acknowledge}. */
    public static String acknowledged(DumpManifest manifest, boolean suspicious) {
        ObjectNode document =
                Documents.document().put("key", manifest.key().value()).put("acknowledged", suspicious);
        manifest.suspicions().forEach(document.putArray("suspicions")::add);
        return Documents.text(document);
    }
}
