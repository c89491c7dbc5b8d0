/**
 * A database's connection: host, user, password, TLS mode, and how the user authenticates.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.database;

import org.jspecify.annotations.NullMarked;
