/**
 * One abstract contract test per port. Extend the one of the port that you implement, hand over your adapter, and it
 * proves itself by the same tests as AutoDump's own.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.testkit;

import org.jspecify.annotations.NullMarked;
