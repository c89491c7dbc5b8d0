/**
 * The page about all databases as one HTML file. The command and a function on AWS write it.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.core.page;

import org.jspecify.annotations.NullMarked;
