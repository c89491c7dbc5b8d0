/**
 * The subcommands of {@code autodump}, one class for each: they parse, call one use case and render.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.command;

import org.jspecify.annotations.NullMarked;
