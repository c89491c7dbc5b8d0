/**
 * Restores dumps with {@code pg_restore} and {@code psql}, and proves dumps in a scratch database.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.restore;

import org.jspecify.annotations.NullMarked;
