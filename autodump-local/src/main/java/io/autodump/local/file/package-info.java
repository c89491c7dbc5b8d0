/** Durable writes to local files, and the words for what the file system refused. */
@NullMarked
package io.autodump.local.file;

import org.jspecify.annotations.NullMarked;
