/**
 * The function that ends all waiting runs before the state machine is deleted.
 *
 * <p>Not API: only the name of the handler and its messages are stable.
 */
@NullMarked
package io.autodump.lambda.drain;

import org.jspecify.annotations.NullMarked;
