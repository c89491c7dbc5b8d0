/** The scheduler of one machine: scans, waits, checks the hash, reschedules and dumps, and survives its own death. */
@NullMarked
package io.autodump.cli.daemon;

import org.jspecify.annotations.NullMarked;
