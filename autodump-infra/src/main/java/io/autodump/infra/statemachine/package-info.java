/** The state machine whose executions wait, dump and start the next run. */
@NullMarked
package io.autodump.infra.statemachine;

import org.jspecify.annotations.NullMarked;
