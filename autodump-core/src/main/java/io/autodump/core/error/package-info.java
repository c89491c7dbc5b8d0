/**
 * The registry of errors: stable codes, who must act, exit statuses, and messages that end with a hint.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.error;

import org.jspecify.annotations.NullMarked;
