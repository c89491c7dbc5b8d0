/** The JSON documents: published contracts, versioned, with golden files in the tests. */
@NullMarked
package io.autodump.core.wire;

import org.jspecify.annotations.NullMarked;
