package io.autodump.aws.event;

import io.autodump.core.port.DumpEvents;
import java.util.List;

class EventBridgeDumpEventsContractTest extends AwsDumpEventsContract {
    private final DumpEvents events = EventBridgeDumpEvents.create(clients, "default", untold::add);

    EventBridgeDumpEventsContractTest() {
        super("PutEvents");
    }

    @Override
    protected DumpEvents events() {
        return events;
    }

    @Override
    protected List<String> received() {
        return aws.messages().events().stream()
                .map(event -> event.get("Detail"))
                .toList();
    }
}
