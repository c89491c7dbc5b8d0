package io.autodump.cli.report;

import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.record.Attestation;
import java.time.Duration;
import java.util.Locale;

/** Prints what a restore drill compared, for a person. Not thread-safe. */
public final class DrillText {
    private final Terminal terminal;

    /** Prints to this terminal. */
    public DrillText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints one drill that proved a dump. */
    public void print(Attestation attestation) {
        terminal.print(terminal.style().good("proven ") + attestation.dump().value());
        field("server", attestation.server() + ", PostgreSQL " + attestation.serverVersion());
        field("sha256", attestation.checksum().sha256() + " matches");
        field(
                "objects",
                attestation
                        .objects()
                        .map(number -> Text.count(number, "object") + " of the contents list, all there")
                        .orElse("a plain script has no contents list to compare"));
        field("rows", rows(attestation));
        if (attestation.assertions() > 0) {
            field("asserts", Text.count(attestation.assertions(), "assertion", " is", "s are") + " true");
        }
        field("took", Text.duration(Duration.between(attestation.startedAt(), attestation.finishedAt())));
        attestation.warnings().forEach(terminal::warn);
    }

    private static String rows(Attestation attestation) {
        long rows =
                attestation.tables().stream().mapToLong(table -> table.rows()).sum();
        String restored = Text.count(rows, "row") + " in "
                + Text.count(attestation.tables().size(), "table");
        return attestation.tablesCompared() == 0
                ? restored + "; the manifest has no rows to compare with"
                : restored + ", the rows of " + Text.count(attestation.tablesCompared(), "table")
                        + " are those of the manifest";
    }

    private void field(String name, String value) {
        terminal.print(
                "  " + terminal.style().faint(String.format(Locale.ROOT, "%-7s", name)) + " " + Text.line(value));
    }
}
