/** Names that infrastructure and runtime must agree on. Constants only, so that infrastructure code may depend on it. */
@NullMarked
package io.autodump.core.contract;

import org.jspecify.annotations.NullMarked;
