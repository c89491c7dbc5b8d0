/**
 * The contract test of encryptions of dumps.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.testkit.encryption;

import org.jspecify.annotations.NullMarked;
