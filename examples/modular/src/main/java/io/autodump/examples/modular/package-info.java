/** A program on the module path that backs up one database. */
@NullMarked
package io.autodump.examples.modular;

import org.jspecify.annotations.NullMarked;
