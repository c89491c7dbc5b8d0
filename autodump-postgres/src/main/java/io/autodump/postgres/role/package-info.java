/**
 * Creates the roles that a dump needs.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.role;

import org.jspecify.annotations.NullMarked;
