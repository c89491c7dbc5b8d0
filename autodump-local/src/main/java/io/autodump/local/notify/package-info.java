/**
 * Notifications from one machine. {@link io.autodump.local.notify.Notifier} implements the port {@code DumpEvents} and
 * passes each outcome to its channels: webhooks, pings, commands, and channels of your own.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.local.notify;

import org.jspecify.annotations.NullMarked;
