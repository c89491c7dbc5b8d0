package io.autodump.core.usecase;

import io.autodump.core.port.RunScheduler;

/**
 * The scheduler of restore drills, which is another one than that of dumps.
 *
 * @param scheduler starts the drill of each run at its time
 */
public record DrillRuns(RunScheduler scheduler) {}
