/** PostgreSQL's client programs: where they are, which one fits a server, and the environment they run in. */
@NullMarked
package io.autodump.postgres.client;

import org.jspecify.annotations.NullMarked;
