/**
 * Output on a terminal: messages, colours, tables and progress.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.terminal;

import org.jspecify.annotations.NullMarked;
