/** What is the same for every database engine: which engine takes a connection, and stopping a dump that runs. */
@NullMarked
package io.autodump.core.engine;

import org.jspecify.annotations.NullMarked;
