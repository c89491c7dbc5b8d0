/**
 * Classes that several packages and modules of AutoDump share.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.core.internal;

import org.jspecify.annotations.NullMarked;
