/** When a dump runs: cron expressions read on the clock of a time zone, and the runs that they name. */
@NullMarked
package io.autodump.core.schedule;

import org.jspecify.annotations.NullMarked;
