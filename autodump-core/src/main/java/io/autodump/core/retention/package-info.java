/** How long dumps are kept. */
@NullMarked
package io.autodump.core.retention;

import org.jspecify.annotations.NullMarked;
