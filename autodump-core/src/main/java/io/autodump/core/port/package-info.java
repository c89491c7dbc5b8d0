/**
 * The ports: what the core needs from databases, stores, secrets and schedulers. The Javadoc of each interface is its
 * specification, and the testkit has a contract test for every port that other teams are likely to implement. Unless
 * stated otherwise, implementations are thread-safe, and report every failure as an {@link
 * io.autodump.core.error.AutoDumpException} whose message contains no secret.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.port;

import org.jspecify.annotations.NullMarked;
