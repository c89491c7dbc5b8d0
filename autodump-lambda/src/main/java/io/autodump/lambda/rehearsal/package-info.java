/**
 * What a rehearsal calls in place of AWS.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.lambda.rehearsal;

import org.jspecify.annotations.NullMarked;
