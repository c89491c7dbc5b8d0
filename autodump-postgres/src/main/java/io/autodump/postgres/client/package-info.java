/**
 * Finds PostgreSQL's client programs, chooses the one for a server, and prepares its environment.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.client;

import org.jspecify.annotations.NullMarked;
