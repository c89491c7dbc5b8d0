package io.autodump.cli.terminal;

import java.io.PrintStream;

/**
 * Where the command writes: results on standard output, and whatever is said to a person meanwhile on standard error.
 * Lines are made printable, see {@link Text#printable}.
 */
public final class Terminal {
    private final Streams streams;
    private final Style outStyle;
    private final Style errStyle;

    /**
     * Writes to these streams.
     *
     * @param outColours whether to colour standard output
     * @param errColours whether to colour standard error
     */
    public Terminal(Streams streams, boolean outColours, boolean errColours) {
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

    /** One line of the result. It may hold colours, so whoever puts foreign text into it makes that printable. */
    public void print(String line) {
        streams.out().println(line);
    }

    /** A document for a program, as it is. */
    public void printDocument(String document) {
        streams.out().print(document);
        streams.out().flush();
    }

    /** A line for a person, beside the result. */
    public void say(String line) {
        streams.err().println(Text.printable(line));
    }

    /** A line for a person that is worth a second look. */
    public void warn(String line) {
        streams.err().println(errStyle.warning("warning:") + " " + Text.printable(line));
    }

    /** A failure: its first word stands out, its hint is easy to find. */
    public void fail(String report) {
        String[] parts = Text.printable(report).split("\\R(?=HINT: )", 2);
        int space = parts[0].indexOf(' ');
        String head = space < 0 ? parts[0] : parts[0].substring(0, space);
        streams.err().println(errStyle.bad(head) + parts[0].substring(head.length()));
        if (parts.length > 1) {
            streams.err().println(errStyle.bold("HINT:") + parts[1].substring("HINT:".length()));
        }
    }

    /** The progress of a transfer, as a bar on a terminal and as a line now and then elsewhere. */
    public ProgressDisplay progress(String label) {
        return streams.errIsTerminal()
                ? new ProgressBar(streams.err(), streams.width(), label, System::nanoTime)
                : new ProgressLines(streams.err(), label, System::nanoTime);
    }

    /**
     * The process's streams.
     *
     * @param errIsTerminal whether standard error is a terminal
     * @param width of that terminal, in columns
     */
    public record Streams(PrintStream out, PrintStream err, boolean errIsTerminal, int width) {}
}
