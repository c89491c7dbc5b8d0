/**
 * Fakes for every port, in memory, for tests of your own. They keep the ports' contracts (the testkit's contract tests
 * run against them) and are thread-safe where the ports are. No test framework is needed.
 */
@NullMarked
package io.autodump.core.testing;

import org.jspecify.annotations.NullMarked;
