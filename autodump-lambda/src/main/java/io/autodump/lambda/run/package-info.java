/** The functions that the state machine calls after a run. */
@NullMarked
package io.autodump.lambda.run;

import org.jspecify.annotations.NullMarked;
