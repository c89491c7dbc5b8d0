package io.autodump.testkit;

import io.autodump.core.port.RunScheduler;
import io.autodump.core.testing.InMemoryRunScheduler;

final class InMemoryRunSchedulerContractTest extends RunSchedulerContract {
    private final InMemoryRunScheduler scheduler = new InMemoryRunScheduler();

    @Override
    protected RunScheduler scheduler() {
        return scheduler;
    }

    /** Its state is its memory, so the one that a new process would find is itself. */
    @Override
    protected RunScheduler afterRestart() {
        return scheduler;
    }
}
