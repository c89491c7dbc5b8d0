/**
 * The PostgreSQL engine. {@link io.autodump.postgres.PostgresEngine} is its API; the packages below it aren't, and may
 * change in any release.
 */
@NullMarked
package io.autodump.postgres;

import org.jspecify.annotations.NullMarked;
