/** Ending dumps from outside. */
@NullMarked
package io.autodump.cli.stop;

import org.jspecify.annotations.NullMarked;
