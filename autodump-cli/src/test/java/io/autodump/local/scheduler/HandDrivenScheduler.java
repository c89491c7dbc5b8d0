package io.autodump.local.scheduler;

import com.google.common.util.concurrent.MoreExecutors;

/** The scheduler of {@code autodump run}, whose rounds and dumps a test makes on its own thread. */
public final class HandDrivenScheduler {
    private final LocalScheduler scheduler;

    public HandDrivenScheduler(LocalSchedulerBuilder builder) {
        scheduler = builder.workers(MoreExecutors.newDirectExecutorService()).build();
    }

    /** Makes what is due. */
    public void tick() {
        scheduler.tick();
    }
}
