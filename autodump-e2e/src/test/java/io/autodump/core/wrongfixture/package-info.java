/** Wrong on purpose: each class breaks rules of the architecture, so that the test of the rules isn't vacuous. */
@NullMarked
package io.autodump.core.wrongfixture;

import org.jspecify.annotations.NullMarked;
