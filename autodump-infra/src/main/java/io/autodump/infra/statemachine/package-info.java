/**
 * The definition of the state machine. Its executions wait, dump, and start the next run.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.infra.statemachine;

import org.jspecify.annotations.NullMarked;
