package io.autodump.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One line every ten seconds, for logs. A shorter transfer writes nothing. Thread-safe. */
final class ProgressLines extends TransferProgress {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final PrintStream err;
    private final LongSupplier nanoTime;
    private long writtenAt;

    ProgressLines(PrintStream err, String label, LongSupplier nanoTime) {
        super(label, nanoTime);
        this.err = err;
        this.nanoTime = nanoTime;
        this.writtenAt = nanoTime.getAsLong();
    }

    @Override
    void changed() {
        long now = nanoTime.getAsLong();
        if (now - writtenAt < INTERVAL.toNanos()) {
            return;
        }
        writtenAt = now;
        err.println(label() + ": " + amount() + ", " + Text.bytes((long) meter().averageRate(bytes())) + "/s, "
                + Text.duration(meter().elapsed()) + (table().isEmpty() ? "" : ", " + table()));
    }

    @Override
    public void close() {}
}
