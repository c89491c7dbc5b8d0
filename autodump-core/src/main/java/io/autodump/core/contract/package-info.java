/**
 * Names that infrastructure and runtime must agree on, and the syntax of names on AWS. Depends on nothing, so that
 * infrastructure code may use it.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.contract;

import org.jspecify.annotations.NullMarked;
