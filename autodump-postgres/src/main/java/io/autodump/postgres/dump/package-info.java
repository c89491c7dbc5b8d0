/** Runs {@code pg_dump} and streams its output. */
@NullMarked
package io.autodump.postgres.dump;

import org.jspecify.annotations.NullMarked;
