/**
 * Deploys AutoDump on AWS: a CDK construct ({@link io.autodump.infra.AutoDump}), a stack and an app. Like the CDK
 * itself, no class is thread-safe.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.infra;

import org.jspecify.annotations.NullMarked;
