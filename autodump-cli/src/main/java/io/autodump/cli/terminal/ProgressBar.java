package io.autodump.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line on a terminal, drawn anew at most ten times a second, and gone at the end. */
final class ProgressBar implements ProgressDisplay {
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final int BAR_WIDTH = 24;
    private static final double MOST_OF_A_GUESS = 0.95;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final int width;
    private final LongSupplier nanoTime;
    private String label;
    private Meter meter;
    private long drawnAt;
    private boolean drawn;
    private boolean closed;
    private long bytes;
    private long expected;
    private boolean exact;
    private String table = "";

    ProgressBar(PrintStream err, int width, String label, LongSupplier nanoTime) {
        this.err = err;
        this.width = width;
        this.label = label;
        this.nanoTime = nanoTime;
        this.meter = new Meter(nanoTime);
    }

    @Override
    public synchronized void expect(long total, boolean known) {
        expected = total;
        exact = known;
    }

    @Override
    public synchronized void begin(Pass pass) {
        label = ProgressDisplay.label(pass);
        meter = new Meter(nanoTime);
        bytes = 0;
        table = "";
    }

    @Override
    public synchronized void bytes(long total) {
        bytes = total;
        drawNowAndThen();
    }

    @Override
    public synchronized void table(String name) {
        table = Text.printable(name).replaceAll("[\\n\\t]", " ");
        drawNowAndThen();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (drawn) {
            err.print(CLEAR);
            err.flush();
            drawn = false;
        }
    }

    private void drawNowAndThen() {
        long now = nanoTime.getAsLong();
        if (closed || (drawn && now - drawnAt < REDRAW.toNanos())) {
            return;
        }
        drawn = true;
        drawnAt = now;
        String line = line();
        // A line as wide as the terminal would wrap, and could then not be cleared.
        err.print(CLEAR + line.substring(0, Math.min(line.length(), Math.max(1, width - 1))));
        err.flush();
    }

    private String line() {
        String amount = exact ? Text.bytes(bytes) + " of " + Text.bytes(expected) : Text.bytes(bytes);
        return String.format(
                Locale.ROOT,
                "%s %s%s  %s/s  %d:%02d  %s",
                label,
                bar(),
                amount,
                Text.bytes((long) meter.rate(bytes)),
                meter.elapsed().toMinutes(),
                meter.elapsed().toSecondsPart(),
                table);
    }

    private String bar() {
        if (expected <= 0) {
            return "";
        }
        double share = Math.min((double) bytes / expected, exact ? 1 : MOST_OF_A_GUESS);
        int filled = (int) Math.round(share * BAR_WIDTH);
        return "[" + "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled) + "] ";
    }
}
