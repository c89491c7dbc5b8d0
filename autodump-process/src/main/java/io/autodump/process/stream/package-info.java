/** Compression of a stream, and staging of an archive that a program has to seek in. Not API. */
@NullMarked
package io.autodump.process.stream;

import org.jspecify.annotations.NullMarked;
