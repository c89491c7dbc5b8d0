/**
 * The process behind {@code bin/autodump}.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli;

import org.jspecify.annotations.NullMarked;
