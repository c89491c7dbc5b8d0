package io.autodump.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A line every ten seconds, for logs. A transfer that is over sooner is silent. */
final class ProgressLines implements ProgressDisplay {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final PrintStream err;
    private final LongSupplier nanoTime;
    private String label;
    private Meter meter;
    private long saidAt;
    private long bytes;
    private long expected;
    private boolean exact;
    private String table = "";

    ProgressLines(PrintStream err, String label, LongSupplier nanoTime) {
        this.err = err;
        this.label = label;
        this.nanoTime = nanoTime;
        this.meter = new Meter(nanoTime);
        this.saidAt = nanoTime.getAsLong();
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
        sayNowAndThen();
    }

    @Override
    public synchronized void table(String name) {
        table = Text.printable(name).replaceAll("[\\n\\t]", " ");
        sayNowAndThen();
    }

    @Override
    public void close() {}

    private void sayNowAndThen() {
        long now = nanoTime.getAsLong();
        if (now - saidAt < INTERVAL.toNanos()) {
            return;
        }
        saidAt = now;
        String amount = exact ? Text.bytes(bytes) + " of " + Text.bytes(expected) : Text.bytes(bytes);
        err.println(label + ": " + amount + ", " + Text.bytes((long) meter.averageRate(bytes)) + "/s, "
                + Text.duration(meter.elapsed()) + (table.isEmpty() ? "" : ", " + table));
    }
}
