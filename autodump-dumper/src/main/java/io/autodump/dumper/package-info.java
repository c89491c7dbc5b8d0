/** Dumps and restores PostgreSQL databases with PostgreSQL's own client programs, run as child processes. */
@NullMarked
package io.autodump.dumper;

import org.jspecify.annotations.NullMarked;
