/**
 * Verifies stored dumps and restores them.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.usecase.restore;

import org.jspecify.annotations.NullMarked;
