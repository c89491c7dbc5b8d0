/**
 * What the core needs from the world. The Javadoc of each interface is its specification, and the testkit holds a
 * contract test for every port that other teams are likely to implement. Unless said otherwise implementations are
 * thread-safe, and report every failure as an {@link io.autodump.core.error.AutoDumpException} whose message names
 * no secret.
 */
@NullMarked
package io.autodump.core.port;

import org.jspecify.annotations.NullMarked;
