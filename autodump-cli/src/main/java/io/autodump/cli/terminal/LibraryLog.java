package io.autodump.cli.terminal;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Shows what AutoDump's libraries log: warnings always, everything with {@code --verbose}. */
public final class LibraryLog extends Handler {
    private final Logger logger = Logger.getLogger("io.autodump");
    private final Terminal terminal;
    private final SimpleFormatter formatter = new SimpleFormatter();

    private LibraryLog(Terminal terminal, Level level) {
        this.terminal = terminal;
        setLevel(level);
        logger.setLevel(level);
        logger.addHandler(this);
    }

    /** Shows records on this terminal until it is closed. */
    public static LibraryLog on(Terminal terminal, boolean verbose) {
        return new LibraryLog(terminal, verbose ? Level.FINE : Level.WARNING);
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        String text = formatter.formatMessage(entry);
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            terminal.warn(text);
        } else {
            terminal.say(text);
        }
    }

    @Override
    public void flush() {
        // The terminal keeps nothing back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
    }
}
