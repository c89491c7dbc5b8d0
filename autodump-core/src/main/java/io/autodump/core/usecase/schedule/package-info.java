/**
 * Scans secrets, starts their next runs, and decides what a due run does.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.usecase.schedule;

import org.jspecify.annotations.NullMarked;
