/**
 * The JSON documents. They are published contracts, have versions, and each has a golden file in the tests.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.wire;

import org.jspecify.annotations.NullMarked;
