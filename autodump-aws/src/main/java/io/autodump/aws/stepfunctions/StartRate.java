package io.autodump.aws.stepfunctions;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the rate of {@code StartExecution} with a token bucket. A scan must leave part of the account's quota to the
 * waiting runs, which start their successors. Callers wait in turn. Thread-safe.
 */
public final class StartRate {
    private static final double NANOS_PER_SECOND = 1e9;
    /**
     * Step Functions developer guide, "Service quotas", StartExecution of standard workflows: in these regions a bucket
     * of 1,300 that gains 300 per second, in all others 800 that gains 150.
     */
    private static final Set<String> LARGE_REGIONS = Set.of("us-east-1", "us-west-2", "eu-west-1");

    private static final double SHARE = 0.8;

    private final double nanosPerStart;
    private final long burstNanos;
    private final LongSupplier nanoTime;
    private long nextStart;

    private StartRate(double perSecond, int atOnce, LongSupplier nanoTime) {
        if (!(perSecond > 0) || atOnce < 1) {
            throw new IllegalArgumentException(
                    "a rate must be above 0: " + perSecond + " per second, " + atOnce + " at once");
        }
        this.nanosPerStart = NANOS_PER_SECOND / perSecond;
        this.burstNanos = (long) (nanosPerStart * (atOnce - 1));
        this.nanoTime = nanoTime;
        this.nextStart = nanoTime.getAsLong() - burstNanos;
    }

    /**
     * Returns a custom rate.
     *
     * @param perSecond starts per second; above 0
     * @param atOnce starts that pass without a wait after a quiet time; at least 1
     */
    public static StartRate of(double perSecond, int atOnce) {
        return new StartRate(perSecond, atOnce, System::nanoTime);
    }

    /** Returns four fifths of the default quota of an account in this region. */
    public static StartRate forRegion(String region) {
        return LARGE_REGIONS.contains(region)
                ? of(300 * SHARE, (int) (1300 * SHARE))
                : of(150 * SHARE, (int) (800 * SHARE));
    }

    static StartRate of(double perSecond, int atOnce, LongSupplier nanoTime) {
        return new StartRate(perSecond, atOnce, nanoTime);
    }

    /**
     * Waits until the next start is allowed.
     *
     * @throws AutoDumpException {@code INTERRUPTED}; the thread stays interrupted
     */
    void acquire() {
        long nanos = reserve();
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AutoDumpException(
                    ErrorCode.INTERRUPTED,
                    "the process was asked to stop before it started a waiting run; the run wasn't started",
                    "the next scan starts it",
                    interrupted);
        }
    }

    /** Takes the next place in the queue. Returns the wait in nanoseconds; 0 or less means now. */
    synchronized long reserve() {
        long now = nanoTime.getAsLong();
        // Unused starts accumulate, up to the burst.
        if (now - nextStart > burstNanos) {
            nextStart = now - burstNanos;
        }
        long wait = nextStart - now;
        nextStart += (long) nanosPerStart;
        return wait;
    }
}
