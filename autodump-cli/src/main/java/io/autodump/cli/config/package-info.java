/**
 * The configuration: {@code autodump.yaml} and the options that override it.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.config;

import org.jspecify.annotations.NullMarked;
