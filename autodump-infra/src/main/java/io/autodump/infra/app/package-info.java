/** The CDK app: reads settings, and makes a stack of them. */
@NullMarked
package io.autodump.infra.app;

import org.jspecify.annotations.NullMarked;
