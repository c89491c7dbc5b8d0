package io.autodump.aws.stepfunctions;

import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.RunScheduler;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which runs exist, and doesn't start them again. A name stays taken for at least 90 days, so the answer
 * can't change. A process that scans repeatedly thus makes calls only for new runs. Thread-safe.
 */
public final class RememberingRunScheduler implements RunScheduler {
    private static final float LOAD_FACTOR = 0.75f;

    private final RunScheduler scheduler;
    private final Set<String> known;

    /**
     * Adds a memory to a scheduler.
     *
     * @param capacity the largest number of names to keep; a name that was forgotten, oldest first, costs one more call
     */
    public RememberingRunScheduler(RunScheduler scheduler, int capacity) {
        this.scheduler = scheduler;
        this.known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(16, LOAD_FACTOR, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > capacity;
            }
        }));
    }

    @Override
    public Started start(ScheduledRun run) {
        String name = run.executionName();
        if (known.contains(name)) {
            return Started.ALREADY;
        }
        Started started = scheduler.start(run);
        known.add(name);
        return started;
    }
}
