/**
 * The look at a target server before a restore: what of the dump it, or its user, can't take.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.look;

import org.jspecify.annotations.NullMarked;
