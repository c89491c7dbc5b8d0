package io.autodump.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The output of a command: results go to standard output, messages to standard error. Messages are made printable, see
 * {@link Text#printable}.
 */
public final class Terminal {
    private final Streams streams;
    private final Style outStyle;
    private final Style errStyle;
    private final boolean quiet;

    /**
     * Writes to these streams.
     *
     * @param outColours whether to colour standard output
     * @param errColours whether to colour standard error
     */
    public Terminal(Streams streams, boolean outColours, boolean errColours) {
        this(streams, outColours, errColours, false);
    }

    /**
     * Writes to these streams.
     *
     * @param outColours whether to colour standard output
     * @param errColours whether to colour standard error
     * @param quiet whether to leave out messages and progress; results, warnings and failures stay
     */
    public Terminal(Streams streams, boolean outColours, boolean errColours, boolean quiet) {
        this.quiet = quiet;
        this.streams = streams;
        this.outStyle = new Style(outColours);
        this.errStyle = new Style(errColours);
    }

    /** The colours of standard output. */
    public Style style() {
        return outStyle;
    }

    /** The colours of standard error. */
    public Style errStyle() {
        return errStyle;
    }

    /** Prints a line of the result as it is, colours included. The caller makes text from elsewhere printable. */
    public void print(String line) {
        streams.out().println(line);
    }

    /** Prints a document for a program. A person may look at it too: JSON escapes what would control the terminal. */
    public void printDocument(String document) {
        streams.out().print(Text.printable(document));
        streams.out().flush();
    }

    /** Prints a message. */
    public void say(String line) {
        if (!quiet) {
            streams.err().println(Text.printable(line));
        }
    }

    /** Prints a warning. Further lines are indented, so that a name can't look like another message. */
    public void warn(String line) {
        streams.err()
                .println(errStyle.warning("warning:") + " "
                        + Text.printable(line).replace("\n", System.lineSeparator() + "    "));
    }

    /** Prints a failure; its code and its hint stand out. */
    public void fail(String report) {
        String[] parts = Text.printable(report).split("\\R(?=HINT: )", 2);
        int space = parts[0].indexOf(' ');
        String head = space < 0 ? parts[0] : parts[0].substring(0, space);
        streams.err().println(errStyle.bad(head) + parts[0].substring(head.length()));
        if (parts.length > 1) {
            streams.err().println(errStyle.bold("HINT:") + parts[1].substring("HINT:".length()));
        }
    }

    /** Returns the width of the terminal, in columns. */
    public int width() {
        return streams.width();
    }

    /** Shows the progress of a transfer: a bar on a terminal, a line every ten seconds elsewhere. */
    public ProgressDisplay progress(String label) {
        String line = Text.line(label);
        if (quiet) {
            return new ProgressLines(
                    new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), line, System::nanoTime);
        }
        return streams.errIsTerminal()
                ? new ProgressBar(streams.err(), streams.width(), line, System::nanoTime)
                : new ProgressLines(streams.err(), line, System::nanoTime);
    }

    /**
     * The standard streams of a process.
     *
     * @param out standard output
     * @param err standard error
     * @param errIsTerminal whether standard error is a terminal
     * @param width the width of that terminal, in columns
     */
    public record Streams(PrintStream out, PrintStream err, boolean errIsTerminal, int width) {}
}
