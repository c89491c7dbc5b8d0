/**
 * Copies of dumps in other stores.
 *
 * <p>Not API.
 */
@NullMarked
package io.autodump.cli.copy;

import org.jspecify.annotations.NullMarked;
