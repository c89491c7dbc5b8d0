/** The programs that the build makes, as processes of their own. */
@NullMarked
package io.autodump.program;

import org.jspecify.annotations.NullMarked;
