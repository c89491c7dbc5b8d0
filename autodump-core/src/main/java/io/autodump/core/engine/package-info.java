/**
 * What is the same for every database engine: choosing the engine of a connection, and stopping a running dump.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.engine;

import org.jspecify.annotations.NullMarked;
