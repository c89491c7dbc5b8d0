/** What the command shows: tables, progress, colours for people, and documents for programs. */
@NullMarked
package io.autodump.cli.output;

import org.jspecify.annotations.NullMarked;
