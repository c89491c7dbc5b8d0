/** Restores dumps with {@code pg_restore} and {@code psql}, and proves dumps in a scratch database. */
@NullMarked
package io.autodump.postgres.restore;

import org.jspecify.annotations.NullMarked;
