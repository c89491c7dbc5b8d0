/** Verifies stored dumps and restores them. */
@NullMarked
package io.autodump.core.usecase.restore;

import org.jspecify.annotations.NullMarked;
