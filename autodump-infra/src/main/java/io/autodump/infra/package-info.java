/**
 * Deploys AutoDump on AWS with the CDK construct {@link io.autodump.infra.AutoDump}. Like the CDK itself, no class
 * is thread-safe.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.infra;

import org.jspecify.annotations.NullMarked;
