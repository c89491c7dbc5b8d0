/** Makes a dump and publishes it only if it is whole. */
@NullMarked
package io.autodump.core.usecase.dump;

import org.jspecify.annotations.NullMarked;
