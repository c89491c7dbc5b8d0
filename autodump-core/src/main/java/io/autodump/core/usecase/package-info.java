/**
 * Passes the ports of {@link io.autodump.core.AutoDump} to the use cases.
 *
 * <p>Not API: this package may change in any release. The results in the packages below it are API; call the use cases
 * through {@link io.autodump.core.AutoDump}.
 */
@NullMarked
package io.autodump.core.usecase;

import org.jspecify.annotations.NullMarked;
