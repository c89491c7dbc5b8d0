/** Checks of what a user sets, with all problems at once. Not API. */
@NullMarked
package io.autodump.infra.input;

import org.jspecify.annotations.NullMarked;
