/**
 * Records beside dumps: failed and missed runs, and what a person or a check said about a dump.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.record;

import org.jspecify.annotations.NullMarked;
