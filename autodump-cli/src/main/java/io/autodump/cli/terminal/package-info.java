/** The terminal: columns, colours, tables and progress. */
@NullMarked
package io.autodump.cli.terminal;

import org.jspecify.annotations.NullMarked;
