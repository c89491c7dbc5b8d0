package io.autodump.cli.terminal;

import java.util.function.LongSupplier;

/** Collects the facts of one transfer. A subclass decides when and how to show them. Thread-safe. */
abstract class TransferProgress implements ProgressDisplay {
    private final LongSupplier nanoTime;
    private String label;
    private Meter meter;
    private long bytes;
    private long expected;
    private boolean exact;
    private String table = "";

    TransferProgress(String label, LongSupplier nanoTime) {
        this.label = label;
        this.nanoTime = nanoTime;
        this.meter = new Meter(nanoTime);
    }

    @Override
    public final synchronized void expect(long total, boolean known) {
        expected = total;
        exact = known;
    }

    @Override
    public final synchronized void begin(Pass pass) {
        label = ProgressDisplay.label(pass);
        meter = new Meter(nanoTime);
        bytes = 0;
        table = "";
    }

    @Override
    public final synchronized void bytes(long total) {
        bytes = total;
        changed();
    }

    @Override
    public final synchronized void table(String name) {
        table = Text.line(name);
        changed();
    }

    /** Called for each change, with this object's lock held. */
    abstract void changed();

    /** What is under way, for example {@code verify}. */
    final String label() {
        return label;
    }

    final Meter meter() {
        return meter;
    }

    final long bytes() {
        return bytes;
    }

    /** How much of the transfer is done, from 0 to 1; 0 if its size isn't known. Never 1 if the size is a guess. */
    final double share(double mostOfAGuess) {
        return expected <= 0 ? 0 : Math.min((double) bytes / expected, exact ? 1 : mostOfAGuess);
    }

    final boolean isSizeKnown() {
        return expected > 0;
    }

    /** The table that was named last; empty if none was. */
    final String table() {
        return table;
    }

    /** {@code 2.0 MiB of 4.0 MiB}, or {@code 2.0 MiB} if the size is a guess or unknown. */
    final String amount() {
        return exact ? Text.bytes(bytes) + " of " + Text.bytes(expected) : Text.bytes(bytes);
    }
}
