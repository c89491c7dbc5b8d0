/**
 * Makes a dump and publishes it only if it is complete.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.usecase.dump;

import org.jspecify.annotations.NullMarked;
