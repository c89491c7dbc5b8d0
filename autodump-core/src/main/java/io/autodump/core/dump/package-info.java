/** The dump itself: how to make it, where it lies, and the manifest that alone makes it exist. */
@NullMarked
package io.autodump.core.dump;

import org.jspecify.annotations.NullMarked;
