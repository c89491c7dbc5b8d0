/**
 * Runs {@code pg_dump} and streams its output.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.dump;

import org.jspecify.annotations.NullMarked;
