/** Outcomes as notifications of SNS and events of EventBridge; {@code docs/events.md} describes them. */
@NullMarked
package io.autodump.aws.event;

import org.jspecify.annotations.NullMarked;
