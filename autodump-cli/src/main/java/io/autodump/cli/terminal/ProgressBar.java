package io.autodump.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line on a terminal. It is redrawn at most ten times a second and erased at the end. Thread-safe. */
final class ProgressBar extends TransferProgress {
    private static final Duration REDRAW = Duration.ofMillis(100);
    private static final int BAR_WIDTH = 24;
    private static final double MOST_OF_A_GUESS = 0.95;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final int width;
    private final LongSupplier nanoTime;
    private long drawnAt;
    private boolean drawn;
    private boolean closed;

    ProgressBar(PrintStream err, int width, String label, LongSupplier nanoTime) {
        super(label, nanoTime);
        this.err = err;
        this.width = width;
        this.nanoTime = nanoTime;
    }

    @Override
    void changed() {
        long now = nanoTime.getAsLong();
        if (closed || (drawn && now - drawnAt < REDRAW.toNanos())) {
            return;
        }
        drawn = true;
        drawnAt = now;
        String line = line();
        // A line as wide as the terminal would wrap, and then couldn't be erased.
        err.print(CLEAR + line.substring(0, Math.min(line.length(), Math.max(1, width - 1))));
        err.flush();
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

    private String line() {
        Duration elapsed = meter().elapsed();
        return String.format(
                Locale.ROOT,
                "%s %s%s  %s/s  %d:%02d  %s",
                label(),
                bar(),
                amount(),
                Text.bytes((long) meter().rate(bytes())),
                elapsed.toMinutes(),
                elapsed.toSecondsPart(),
                table());
    }

    private String bar() {
        if (!isSizeKnown()) {
            return "";
        }
        int filled = (int) Math.round(share(MOST_OF_A_GUESS) * BAR_WIDTH);
        return "[" + "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled) + "] ";
    }
}
