package io.autodump.local.run;

import io.autodump.core.plan.ScheduledRun;

/**
 * A waiting run.
 *
 * @param name the name of its file, without {@code .json}: the run's execution name, unless a person put the file there
 * @param run the run
 */
public record PendingRun(String name, ScheduledRun run) {}
