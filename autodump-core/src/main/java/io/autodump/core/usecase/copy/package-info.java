/**
 * Copies finished dumps to other stores, and finds those that lack their copy.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.usecase.copy;

import org.jspecify.annotations.NullMarked;
