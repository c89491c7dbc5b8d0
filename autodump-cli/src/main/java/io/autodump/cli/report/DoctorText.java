package io.autodump.cli.report;

import io.autodump.cli.terminal.Style;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.core.error.Finding;
import java.util.List;
import java.util.Locale;

/** Prints findings for a person as they are made. Not thread-safe. */
public final class DoctorText {
    private static final int CHECK_WIDTH = 14;

    private final Terminal terminal;
    private final Style style;
    private String subject = "";
    private int warnings;
    private int failures;

    /** Prints to this terminal. */
    public DoctorText(Terminal terminal) {
        this.terminal = terminal;
        this.style = terminal.style();
    }

    /** Prints findings under their subjects. */
    public void print(List<Finding> findings) {
        findings.forEach(this::print);
    }

    private void print(Finding finding) {
        if (!finding.subject().equals(subject)) {
            subject = finding.subject();
            terminal.print(style.bold(Text.line(subject)));
        }
        String check = String.format(Locale.ROOT, "%-" + CHECK_WIDTH + "s", finding.check());
        String code = finding.code().map(failed -> failed.id() + " ").orElse("");
        terminal.print(
                "  " + mark(finding.status()) + "  " + check + "  " + style.bad(code) + indented(finding.message()));
        finding.hint().ifPresent(hint -> terminal.print("        " + style.bold("HINT:") + " " + indented(hint)));
    }

    /** Prints the numbers of failures and warnings. */
    public void printSummary() {
        terminal.print("");
        if (warnings == 0 && failures == 0) {
            terminal.print(style.good("No problems found."));
        } else {
            terminal.print(Text.count(failures, "failure") + ", " + Text.count(warnings, "warning"));
        }
    }

    private String mark(Finding.Status status) {
        return switch (status) {
            case OK -> style.good("ok  ");
            case WARNING -> {
                warnings++;
                yield style.warning("warn");
            }
            case FAILED -> {
                failures++;
                yield style.bad("FAIL");
            }
        };
    }

    private static String indented(String text) {
        return Text.printable(text).replaceAll("\\R", "\n          ");
    }
}
