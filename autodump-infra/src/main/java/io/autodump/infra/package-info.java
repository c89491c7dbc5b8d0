/**
 * AutoDump on AWS as a CDK construct ({@link io.autodump.infra.AutoDump}), a stack and an app. No class is thread-safe, as
 * nothing of the CDK is.
 */
@NullMarked
package io.autodump.infra;

import org.jspecify.annotations.NullMarked;
