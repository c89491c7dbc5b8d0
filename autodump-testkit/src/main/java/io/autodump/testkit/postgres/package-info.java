/** A real PostgreSQL server to throw away, for tests and demonstrations. */
@NullMarked
package io.autodump.testkit.postgres;

import org.jspecify.annotations.NullMarked;
