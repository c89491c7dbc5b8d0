package io.autodump.aws.stepfunctions;

import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.RunScheduler;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which runs it has started or found started, and doesn't ask for them again: a name that was taken once stays
 * taken for at least 90 days. A process that scans over and over thus asks only for what is new, and one whose time was
 * up goes on where it stopped. Thread-safe.
 */
public final class RememberingRunScheduler implements RunScheduler {
    private static final float LOAD_FACTOR = 0.75f;

    private final RunScheduler scheduler;
    private final Set<String> known;

    /**
     * Puts a memory before a scheduler.
     *
     * @param capacity names that are kept, at most; the oldest are forgotten first, which costs a call and nothing else
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
