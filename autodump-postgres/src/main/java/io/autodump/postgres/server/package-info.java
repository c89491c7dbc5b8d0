/**
 * Queries what a dump and a restore need to know about a server: version, size, privileges, roles, row counts.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.server;

import org.jspecify.annotations.NullMarked;
