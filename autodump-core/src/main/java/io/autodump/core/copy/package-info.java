/**
 * A store that dumps are copied to, and what became of the copies.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.copy;

import org.jspecify.annotations.NullMarked;
