/**
 * Cuts large tables into parts, and reads their rows in several sessions.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.part;

import org.jspecify.annotations.NullMarked;
