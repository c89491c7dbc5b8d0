/**
 * One abstract contract test for each port. To test your adapter, extend the contract of its port. AutoDump's own
 * adapters pass the same tests.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.testkit;

import org.jspecify.annotations.NullMarked;
