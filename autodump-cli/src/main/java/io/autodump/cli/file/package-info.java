/** The ports of the core on one machine's file system: secrets, dumps and waiting runs as files in folders. */
@NullMarked
package io.autodump.cli.file;

import org.jspecify.annotations.NullMarked;
