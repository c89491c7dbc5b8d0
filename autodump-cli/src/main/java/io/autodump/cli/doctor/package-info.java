/**
 * What stands in the way of a dump, found before it does.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.doctor;

import org.jspecify.annotations.NullMarked;
