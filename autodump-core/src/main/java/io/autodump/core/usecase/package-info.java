/**
 * How {@link io.autodump.core.AutoDump} hands its ports to the use cases. Not API: may change in any release. The results
 * in the packages below are API; the use cases themselves are called through {@link io.autodump.core.AutoDump}.
 */
@NullMarked
package io.autodump.core.usecase;

import org.jspecify.annotations.NullMarked;
