/**
 * Deletes what the retention of a secret doesn't keep, and acknowledges suspicious dumps.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.usecase.retain;

import org.jspecify.annotations.NullMarked;
