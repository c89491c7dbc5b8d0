/**
 * Scheduled runs as durable files in a folder. {@link io.autodump.local.run.FileRunScheduler} implements the port
 * {@code RunScheduler}.
 */
@NullMarked
package io.autodump.local.run;

import org.jspecify.annotations.NullMarked;
