/**
 * Compresses streams, and stages an archive in which a program must seek.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.process.stream;

import org.jspecify.annotations.NullMarked;
