/** Not for users of the library: may change in any release. */
@NullMarked
package io.autodump.core.internal;

import org.jspecify.annotations.NullMarked;
