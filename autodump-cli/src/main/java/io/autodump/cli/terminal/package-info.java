/** Output on a terminal: messages, colours, tables and progress. */
@NullMarked
package io.autodump.cli.terminal;

import org.jspecify.annotations.NullMarked;
