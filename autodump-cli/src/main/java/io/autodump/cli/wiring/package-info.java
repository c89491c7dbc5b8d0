/**
 * Builds the adapters that a configuration names, and connects them to {@link io.autodump.core.AutoDump}.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.wiring;

import org.jspecify.annotations.NullMarked;
