package io.autodump.core.port;

import io.autodump.core.plan.ScheduledRun;

/** Starts runs, which wait until they are due. Thread-safe. */
public interface RunScheduler {
    /** The result of a start. */
    enum Started {
        /** The run waits now. It didn't wait before. */
        NEW,
        /** A run with this name was started before: it waits, runs, or has ended. Nothing was changed. */
        ALREADY
    }

    /**
     * Starts a run, durably: once this returns, a crash doesn't lose the run. A run is identified by its {@link
     * ScheduledRun#executionName()}. Starting it again has no effect, even if it has ended, for at least 90 days (AWS
     * Step Functions keeps the names of ended executions that long). If two callers start the same run at the same
     * time, exactly one of them gets {@link Started#NEW}. An instant in the past is accepted; the run is due at once.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code SCHEDULER_FAILED}; it is safe to try again
     */
    Started start(ScheduledRun run);
}
