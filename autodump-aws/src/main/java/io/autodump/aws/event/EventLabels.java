package io.autodump.aws.event;

import io.autodump.core.contract.EventNames;
import io.autodump.core.dump.DumpEvent;
import io.autodump.core.wire.DumpEventJson;

/** What events are called, and what is said of one that couldn't be published. */
final class EventLabels {
    private EventLabels() {}

    static String detailType(DumpEvent event) {
        if (event instanceof DumpEvent.Succeeded) {
            return EventNames.SUCCEEDED;
        }
        return event instanceof DumpEvent.Failed ? EventNames.FAILED : EventNames.MISSED;
    }

    static String untold(DumpEvent event) {
        return "nobody was told that the run of " + event.secretName() + " at " + event.scheduledAt() + " "
                + DumpEventJson.type(event) + "; the outcome itself stands";
    }
}
