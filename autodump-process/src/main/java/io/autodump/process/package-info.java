/**
 * Child processes for any engine: start, feed, watch, stop, and private temporary files.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.process;

import org.jspecify.annotations.NullMarked;
