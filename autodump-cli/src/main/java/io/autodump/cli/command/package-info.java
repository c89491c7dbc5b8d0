/**
 * The subcommands of {@code autodump}, one class each. A command parses its options, calls a use case, and prints.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.command;

import org.jspecify.annotations.NullMarked;
