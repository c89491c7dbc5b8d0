package io.autodump.local.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is set. */
public final class ManualClock implements InstantSource {
    private volatile Instant now;

    public ManualClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void set(String instant) {
        now = Instant.parse(instant);
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }
}
