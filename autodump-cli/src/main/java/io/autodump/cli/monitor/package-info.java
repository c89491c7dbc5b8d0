/**
 * The commands that watch over dumps: status, history, prune, acknowledge.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.monitor;

import org.jspecify.annotations.NullMarked;
