/**
 * What a restore drill needs to know.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.drill;

import org.jspecify.annotations.NullMarked;
