/**
 * Durable writes to local files, and the words for what the file system refused.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.local.file;

import org.jspecify.annotations.NullMarked;
