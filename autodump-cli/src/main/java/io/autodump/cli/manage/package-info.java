/**
 * The commands that change what AutoDump works with: secrets, finished dumps, the configuration.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.manage;

import org.jspecify.annotations.NullMarked;
