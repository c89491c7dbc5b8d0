/**
 * A scheduler for one machine. {@link io.autodump.local.scheduler.LocalScheduler} scans secrets, waits for runs, makes
 * dumps and survives restarts.
 */
@NullMarked
package io.autodump.local.scheduler;

import org.jspecify.annotations.NullMarked;
