/**
 * Which dumps are kept.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.retention;

import org.jspecify.annotations.NullMarked;
