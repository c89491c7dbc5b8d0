package io.autodump.core.testing;

import io.autodump.core.plan.ScheduledRun;
import io.autodump.core.port.RunScheduler;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A scheduler that records every run that was started, and makes none. Thread-safe. */
public final class InMemoryRunScheduler implements RunScheduler {
    private final Map<String, ScheduledRun> runs = new ConcurrentHashMap<>();

    /** Creates a scheduler without waiting runs. */
    public InMemoryRunScheduler() {}

    @Override
    public Started start(ScheduledRun run) {
        return runs.putIfAbsent(run.executionName(), run) == null ? Started.NEW : Started.ALREADY;
    }

    /** Returns all runs that were started, in the order of their instants. */
    public List<ScheduledRun> runs() {
        return runs.values().stream()
                .sorted(Comparator.comparing(ScheduledRun::when).thenComparing(ScheduledRun::executionName))
                .toList();
    }
}
