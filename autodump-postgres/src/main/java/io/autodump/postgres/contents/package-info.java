/**
 * The contents list of an archive, and the choice of what is restored of it.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.contents;

import org.jspecify.annotations.NullMarked;
