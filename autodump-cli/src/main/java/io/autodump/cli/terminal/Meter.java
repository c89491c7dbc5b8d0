package io.autodump.cli.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Measures the rate of a transfer and its duration. Not thread-safe. */
final class Meter {
    private static final double NANOS = 1e9;
    private static final double SMOOTHING_SECONDS = 3;

    private final LongSupplier nanoTime;
    private final long startedAt;
    private long sampledAt;
    private long sampledBytes;
    private double rate;
    private boolean sampled;

    Meter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
        this.sampledAt = startedAt;
    }

    /** Bytes per second over the last few seconds, given the total so far. */
    double rate(long bytes) {
        long now = nanoTime.getAsLong();
        double seconds = (now - sampledAt) / NANOS;
        if (seconds <= 0) {
            return rate;
        }
        double current = Math.max(0, bytes - sampledBytes) / seconds;
        double weight = sampled ? 1 - Math.exp(-seconds / SMOOTHING_SECONDS) : 1;
        rate += weight * (current - rate);
        sampled = true;
        sampledAt = now;
        sampledBytes = bytes;
        return rate;
    }

    /** Bytes per second since the start. */
    double averageRate(long bytes) {
        double seconds = (nanoTime.getAsLong() - startedAt) / NANOS;
        return seconds <= 0 ? 0 : bytes / seconds;
    }

    /** The time since the start. */
    Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - startedAt);
    }
}
