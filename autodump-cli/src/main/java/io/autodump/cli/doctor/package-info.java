/** What stands in the way of a dump, found before it does. */
@NullMarked
package io.autodump.cli.doctor;

import org.jspecify.annotations.NullMarked;
