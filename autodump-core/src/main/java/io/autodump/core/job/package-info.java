/**
 * The size and the limits of a dump job in a container.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.job;

import org.jspecify.annotations.NullMarked;
