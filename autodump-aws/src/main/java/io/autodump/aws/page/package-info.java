/**
 * Pages for people, in a bucket.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.aws.page;

import org.jspecify.annotations.NullMarked;
