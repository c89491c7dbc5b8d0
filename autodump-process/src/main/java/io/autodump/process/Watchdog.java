package io.autodump.process;

import java.time.Duration;
import java.util.Optional;

/**
 * Stops a source that makes no progress, or that takes too long. The time in which nothing waits for the source,
 * because a slow store takes bytes, doesn't count as a stall. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {
    /** Why a source was stopped. */
    public enum Verdict {
        STALLED,
        TIMED_OUT
    }

    private static final long LONGEST_NAP_MILLIS = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long stallNanos;
    private final Optional<Long> deadline;
    private final Runnable end;
    private final Thread thread = new Thread(this::watch, "autodump-watchdog");
    private long progressAt = System.nanoTime();
    private boolean waiting = true;
    private boolean closed;
    private Optional<Verdict> verdict = Optional.empty();

    /**
     * Starts watching.
     *
     * @param stallTimeout how long the source may make no progress
     * @param timeout the limit for everything, from now on; empty for none
     * @param end stops the source; called once, by the watchdog's own thread
     */
    public Watchdog(Duration stallTimeout, Optional<Duration> timeout, Runnable end) {
        this.stallNanos = stallTimeout.toNanos();
        this.deadline = timeout.map(limit -> System.nanoTime() + limit.toNanos());
        this.end = end;
        thread.setDaemon(true);
        thread.start();
    }

    /** Notes that the source made progress. */
    public synchronized void progress() {
        progressAt = System.nanoTime();
    }

    /** Starts the time without progress: the work waits for the source. */
    public synchronized void waitingForSource() {
        progressAt = System.nanoTime();
        waiting = true;
    }

    /** Stops the time without progress: the work waits for something else. */
    public synchronized void busyElsewhere() {
        waiting = false;
    }

    /** Returns why the source was stopped. Empty if it wasn't. */
    public synchronized Optional<Verdict> verdict() {
        return verdict;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void watch() {
        if (untilVerdict()) {
            end.run();
        }
    }

    private synchronized boolean untilVerdict() {
        try {
            while (!closed) {
                long now = System.nanoTime();
                long untilStall = waiting ? progressAt + stallNanos - now : stallNanos;
                long untilDeadline = deadline.map(instant -> instant - now).orElse(Long.MAX_VALUE);
                if (untilDeadline <= 0) {
                    verdict = Optional.of(Verdict.TIMED_OUT);
                } else if (untilStall <= 0) {
                    verdict = Optional.of(Verdict.STALLED);
                } else {
                    long nap = Math.min(untilStall, untilDeadline) / NANOS_PER_MILLI + 1;
                    wait(Math.min(nap, LONGEST_NAP_MILLIS));
                    continue;
                }
                return true;
            }
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
