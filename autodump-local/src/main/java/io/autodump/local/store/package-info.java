/**
 * Dumps in a folder. {@link io.autodump.local.store.DirectoryDumpStore} implements the port {@code DumpStore}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.local.store;

import org.jspecify.annotations.NullMarked;
