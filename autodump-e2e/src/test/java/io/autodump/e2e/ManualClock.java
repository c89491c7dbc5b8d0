package io.autodump.e2e;

import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is set. */
final class ManualClock implements InstantSource {
    private volatile Instant now;

    ManualClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void set(Instant instant) {
        now = instant;
    }
}
