/**
 * The PostgreSQL engine: {@link io.autodump.postgres.PostgresEngine}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.postgres;

import org.jspecify.annotations.NullMarked;
