/** Not for users of the library. */
@NullMarked
package io.autodump.aws.internal;

import org.jspecify.annotations.NullMarked;
