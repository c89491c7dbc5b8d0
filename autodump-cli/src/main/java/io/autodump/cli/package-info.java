/** The process behind {@code bin/autodump}. */
@NullMarked
package io.autodump.cli;

import org.jspecify.annotations.NullMarked;
