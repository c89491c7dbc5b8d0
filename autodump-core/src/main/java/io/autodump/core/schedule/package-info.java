/**
 * When a dump runs: cron expressions in a time zone, and the instants that they match.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.schedule;

import org.jspecify.annotations.NullMarked;
