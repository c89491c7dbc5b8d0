/** A database's connection: host, user, password, TLS mode, and how the user authenticates. */
@NullMarked
package io.autodump.core.database;

import org.jspecify.annotations.NullMarked;
