/**
 * JDBC connections to a server, and what a failed one means.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.connection;

import org.jspecify.annotations.NullMarked;
