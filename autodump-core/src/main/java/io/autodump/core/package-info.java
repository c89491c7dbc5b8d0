/** The front door of the library: {@link io.autodump.core.AutoDump}. */
@NullMarked
package io.autodump.core;

import org.jspecify.annotations.NullMarked;
