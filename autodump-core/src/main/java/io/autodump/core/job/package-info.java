/** The size and the limits of a dump job in a container. */
@NullMarked
package io.autodump.core.job;

import org.jspecify.annotations.NullMarked;
