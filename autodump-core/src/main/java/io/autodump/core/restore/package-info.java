/**
 * What a restore takes out of a dump, and what it would do to its target.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.restore;

import org.jspecify.annotations.NullMarked;
