/**
 * The functions that the state machine calls after a run.
 *
 * <p>Not API: only the names of the handlers and their messages are stable.
 */
@NullMarked
package io.autodump.lambda.run;

import org.jspecify.annotations.NullMarked;
