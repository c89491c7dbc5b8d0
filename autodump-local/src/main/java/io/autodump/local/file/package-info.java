/**
 * Durable writes to local files, and messages for what goes wrong with files.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.local.file;

import org.jspecify.annotations.NullMarked;
