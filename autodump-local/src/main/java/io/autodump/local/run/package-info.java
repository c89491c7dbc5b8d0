/**
 * Scheduled runs as durable files in a folder. {@link io.autodump.local.run.FileRunScheduler} implements the port
 * {@code RunScheduler}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.local.run;

import org.jspecify.annotations.NullMarked;
