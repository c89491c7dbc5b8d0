/** Servers and databases for restore drills. Not API. */
@NullMarked
package io.autodump.postgres.drill;

import org.jspecify.annotations.NullMarked;
