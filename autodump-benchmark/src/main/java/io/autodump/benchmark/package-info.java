/** Measurements. Each compares in one run, because absolute times are those of a machine. */
@NullMarked
package io.autodump.benchmark;

import org.jspecify.annotations.NullMarked;
