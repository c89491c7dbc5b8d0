/**
 * Sends notifications by mail.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.mail;

import org.jspecify.annotations.NullMarked;
