/**
 * PostgreSQL's client programs: where they are, which one fits a server, and the environment they run in.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.client;

import org.jspecify.annotations.NullMarked;
