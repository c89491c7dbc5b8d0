/**
 * Programs that tests start, and files that they make once.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.testkit.program;

import org.jspecify.annotations.NullMarked;
