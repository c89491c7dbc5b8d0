package io.autodump.core.port;

import io.autodump.core.plan.ScheduledRun;

/** Starts executions that wait for their instant. */
public interface RunScheduler {
    /** What came of a start. */
    enum Started {
        /** The run waits now, and it didn't before. */
        NEW,
        /** A run of that name was started before: it waits, it runs, or it has ended. Nothing was changed. */
        ALREADY
    }

    /**
     * Starts the run, durably: once this returns, a crash doesn't lose it. Starts are idempotent by
     * {@link ScheduledRun#executionName()}, also against runs that have ended, for at least 90 days (AWS Step Functions
     * keeps the names of ended executions that long). Two callers that start the same run at the same time get
     * {@link Started#NEW} exactly once. An instant in the past is accepted and is due at once.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code SCHEDULER_FAILED}; the run may be retried without harm
     */
    Started start(ScheduledRun run);
}
