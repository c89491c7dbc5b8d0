/**
 * A disposable PostgreSQL server, for tests and demonstrations.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.testkit.postgres;

import org.jspecify.annotations.NullMarked;
