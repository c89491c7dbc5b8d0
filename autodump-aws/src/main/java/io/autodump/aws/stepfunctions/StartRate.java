package io.autodump.aws.stepfunctions;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket before {@code StartExecution}, so that a scan never uses up the quota that waiting runs need to start
 * their successors. Callers wait in turn. Thread-safe.
 */
public final class StartRate {
    private static final double NANOS_PER_SECOND = 1e9;
    /**
     * Step Functions developer guide, "Service quotas", StartExecution of standard workflows: a bucket of 1,300 refilled
     * at 300 a second in these regions, 800 at 150 in all others.
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
                    "a rate starts something: " + perSecond + " a second, " + atOnce + " at once");
        }
        this.nanosPerStart = NANOS_PER_SECOND / perSecond;
        this.burstNanos = (long) (nanosPerStart * (atOnce - 1));
        this.nanoTime = nanoTime;
        this.nextStart = nanoTime.getAsLong() - burstNanos;
    }

    /**
     * A rate of one's own.
     *
     * @param perSecond above 0
     * @param atOnce how many are let through before the rate applies, after a quiet time; at least 1
     */
    public static StartRate of(double perSecond, int atOnce) {
        return new StartRate(perSecond, atOnce, System::nanoTime);
    }

    /** Four fifths of what AWS grants an account by default in that region. */
    public static StartRate forRegion(String region) {
        return LARGE_REGIONS.contains(region)
                ? of(300 * SHARE, (int) (1300 * SHARE))
                : of(150 * SHARE, (int) (800 * SHARE));
    }

    static StartRate of(double perSecond, int atOnce, LongSupplier nanoTime) {
        return new StartRate(perSecond, atOnce, nanoTime);
    }

    /**
     * Waits until one more may be started.
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
                    "the process was asked to stop while a run waited to be started; it wasn't started",
                    "the next scan starts it",
                    interrupted);
        }
    }

    /** Takes the next place in the queue and tells how many nanoseconds it is away; 0 or less for now. */
    synchronized long reserve() {
        long now = nanoTime.getAsLong();
        // What wasn't used is kept, up to the burst and no further.
        if (now - nextStart > burstNanos) {
            nextStart = now - burstNanos;
        }
        long wait = nextStart - now;
        nextStart += (long) nanosPerStart;
        return wait;
    }
}
