/**
 * Connects to a server by JDBC, and explains why a connection failed.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.connection;

import org.jspecify.annotations.NullMarked;
