package io.autodump.cli.report;

import io.autodump.cli.terminal.Style;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.local.scheduler.LogEntry;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Prints the scheduler's log for a person. Thread-safe. */
public final class LogText {
    private final Terminal terminal;
    private final Style style;

    /** Prints to this terminal. */
    public LogText(Terminal terminal) {
        this.terminal = terminal;
        this.style = terminal.style();
    }

    /** Prints one entry. */
    public void print(LogEntry entry) {
        String secret = entry.secret().isEmpty() ? "" : style.bold(Text.line(entry.secret())) + ": ";
        terminal.print(style.faint(entry.at().truncatedTo(ChronoUnit.SECONDS).toString()) + " " + level(entry.level())
                + " " + secret + Text.printable(entry.text()).replaceAll("\\R", "\n    "));
    }

    private String level(LogEntry.Level level) {
        String word = String.format(Locale.ROOT, "%-7s", level.name().toLowerCase(Locale.ROOT));
        return switch (level) {
            case INFO -> word;
            case WARNING -> style.warning(word);
            case ERROR -> style.bad(word);
        };
    }
}
