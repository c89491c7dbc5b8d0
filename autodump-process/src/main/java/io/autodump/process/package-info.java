/** Child processes for any engine: start, feed, watch, stop, and private temporary files. Not API. */
@NullMarked
package io.autodump.process;

import org.jspecify.annotations.NullMarked;
