/**
 * Reads what {@code pg_dump} wrote: archives and scripts, while they stream and when they are stored.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.archive;

import org.jspecify.annotations.NullMarked;
