/**
 * Publishes the outcomes of runs to SNS and EventBridge; {@code docs/events.md} describes the messages. A program adds
 * the SDK's client of the service itself.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.aws.event;

import org.jspecify.annotations.NullMarked;
