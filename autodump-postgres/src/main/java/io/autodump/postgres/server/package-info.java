/**
 * Asks a server what a dump and a restore have to know: version, size, privileges, roles, row counts.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.postgres.server;

import org.jspecify.annotations.NullMarked;
