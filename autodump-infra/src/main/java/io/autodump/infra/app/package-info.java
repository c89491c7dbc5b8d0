/**
 * The CDK app: reads settings, and makes a stack of them.
 *
 * <p>Not API: this package may change in any release. Put the construct {@link io.autodump.infra.AutoDump} into a stack
 * of your own instead.
 */
@NullMarked
package io.autodump.infra.app;

import org.jspecify.annotations.NullMarked;
