/**
 * Finds dumps that lost much of what their predecessors had.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.suspicion;

import org.jspecify.annotations.NullMarked;
