package io.autodump.local.run;

import io.autodump.core.plan.ScheduledRun;

/**
 * A run that waits.
 *
 * @param name of its file, without {@code .json}: the execution name, unless somebody has put the file there by hand
 * @param run what is to be done, and when
 */
public record PendingRun(String name, ScheduledRun run) {}
