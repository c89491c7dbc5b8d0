/** The checks of {@code autodump doctor}. */
@NullMarked
package io.autodump.cli.doctor;

import org.jspecify.annotations.NullMarked;
