/** JDBC connections to a server, and what a failed one means. */
@NullMarked
package io.autodump.postgres.connection;

import org.jspecify.annotations.NullMarked;
