/**
 * The front door of the library: {@link io.autodump.core.AutoDump}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core;

import org.jspecify.annotations.NullMarked;
