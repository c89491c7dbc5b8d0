/**
 * Secrets: their ids, tags and values.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.secret;

import org.jspecify.annotations.NullMarked;
