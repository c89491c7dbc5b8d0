/**
 * A throw-away engine, written by following {@code docs/architecture.md}: its databases are text files in a folder. It
 * shows that a new engine needs no change to the core.
 */
@NullMarked
package io.autodump.textfile;

import org.jspecify.annotations.NullMarked;
