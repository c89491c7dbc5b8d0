/** The command's side of PostgreSQL: the dumper's adapters, put together as the configuration says. */
@NullMarked
package io.autodump.cli.postgres;

import org.jspecify.annotations.NullMarked;
