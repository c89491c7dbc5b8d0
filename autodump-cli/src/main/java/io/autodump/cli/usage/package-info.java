/**
 * How the command is used: its help, the defaults of its options in the environment, choices of many options.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.usage;

import org.jspecify.annotations.NullMarked;
