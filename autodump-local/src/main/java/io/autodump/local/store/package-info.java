/**
 * Dumps in a folder. {@link io.autodump.local.store.DirectoryDumpStore} implements the port {@code DumpStore}.
 */
@NullMarked
package io.autodump.local.store;

import org.jspecify.annotations.NullMarked;
