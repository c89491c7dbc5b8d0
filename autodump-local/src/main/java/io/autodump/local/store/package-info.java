/** A dump store in a folder. */
@NullMarked
package io.autodump.local.store;

import org.jspecify.annotations.NullMarked;
