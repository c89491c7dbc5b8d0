/** Tests of what the documentation says about the libraries. */
@NullMarked
package io.autodump.library;

import org.jspecify.annotations.NullMarked;
