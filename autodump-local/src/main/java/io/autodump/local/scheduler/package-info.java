/** The scheduler for one machine: scans, waits, dumps, and survives restarts. */
@NullMarked
package io.autodump.local.scheduler;

import org.jspecify.annotations.NullMarked;
