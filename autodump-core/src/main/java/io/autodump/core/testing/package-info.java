/**
 * Fakes for every port, in memory, for your own tests. They pass the testkit's contract tests, and are thread-safe if
 * the port is. They need no test framework.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.testing;

import org.jspecify.annotations.NullMarked;
