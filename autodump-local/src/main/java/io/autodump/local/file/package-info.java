/** Durable writes to local files, and messages for what goes wrong with files. Not API: for the other packages here. */
@NullMarked
package io.autodump.local.file;

import org.jspecify.annotations.NullMarked;
