package io.autodump.local.scheduler;

import com.google.common.util.concurrent.MoreExecutors;

/** The scheduler of {@code autodump run}, looked after by the test's own thread. */
public final class Ticks {
    private final LocalScheduler daemon;

    public Ticks(LocalSchedulerBuilder builder) {
        daemon = builder.workers(MoreExecutors.newDirectExecutorService()).build();
    }

    /** What its thread does whenever it wakes. */
    public void tick() {
        daemon.tick();
    }
}
