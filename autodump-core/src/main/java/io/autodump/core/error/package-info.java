/** The one registry of errors: stable codes, who must act, exit statuses, and messages that end with a hint. */
@NullMarked
package io.autodump.core.error;

import org.jspecify.annotations.NullMarked;
