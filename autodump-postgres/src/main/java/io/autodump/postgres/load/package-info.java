/**
 * Restores the rows of a dump's parts.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.load;

import org.jspecify.annotations.NullMarked;
