/**
 * The checks of {@code autodump doctor}.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.doctor;

import org.jspecify.annotations.NullMarked;
