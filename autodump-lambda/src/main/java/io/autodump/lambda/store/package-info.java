/**
 * Buckets as stores, for functions that may not read dumps.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.lambda.store;

import org.jspecify.annotations.NullMarked;
