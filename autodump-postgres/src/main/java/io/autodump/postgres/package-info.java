/** The PostgreSQL engine; its door is {@link io.autodump.postgres.PostgresEngine}. */
@NullMarked
package io.autodump.postgres;

import org.jspecify.annotations.NullMarked;
