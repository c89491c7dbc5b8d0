/**
 * {@code autodump.yaml}: where the secrets, the dumps and the client programs are.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.config;

import org.jspecify.annotations.NullMarked;
