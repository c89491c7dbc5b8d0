/** Whole dumps and restores of this product and of other tools, of the same databases, in turn. */
@NullMarked
package io.autodump.benchmark.comparison;

import org.jspecify.annotations.NullMarked;
