/**
 * Reads what belongs to a server and not to a database: roles.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.globals;

import org.jspecify.annotations.NullMarked;
