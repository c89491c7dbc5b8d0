/**
 * A scheduler for one machine. {@link io.autodump.local.scheduler.LocalScheduler} scans secrets, waits for runs, makes
 * dumps and survives restarts.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.local.scheduler;

import org.jspecify.annotations.NullMarked;
