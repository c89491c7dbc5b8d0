/**
 * Compression of a stream, and staging of an archive that a program has to seek in.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.process.stream;

import org.jspecify.annotations.NullMarked;
